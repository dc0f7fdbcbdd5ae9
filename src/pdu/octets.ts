const hexDigits = '0123456789ABCDEF';

/** Value of each ASCII hex digit, 255 for every other character. */
const digitValue = Uint8Array.from({ length: 128 }, (_, code) => {
  const at = hexDigits.indexOf(String.fromCharCode(code).toUpperCase());
  return at < 0 ? 255 : at;
});

const pairs: readonly string[] = Array.from(
  { length: 256 },
  (_, octet) => `${hexDigits[octet >> 4]}${hexDigits[octet & 15]}`,
);

/** The two upper-case hex digits of one octet. */
export function octetHex(octet: number): string {
  return pairs[octet & 255] ?? '';
}

/** Octets from `start` up to `end` as upper-case hex. */
export function toHex(octets: Uint8Array, start = 0, end = octets.length): string {
  let hex = '';
  for (let at = start; at < end; at += 1) hex += pairs[octets[at] ?? 0];
  return hex;
}

/** The octets of a hex text in either case; a last half octet and all from the first character that is no digit are left out. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < octets.length; at += 1) {
    const high = hexDigit(hex.charCodeAt(2 * at));
    const low = hexDigit(hex.charCodeAt(2 * at + 1));
    if ((high | low) > 15) return octets.subarray(0, at);
    octets[at] = (high << 4) | low;
  }
  return octets;
}

function hexDigit(code: number): number {
  return digitValue[code] ?? 255;
}

/** Octet at `index`, 0 beyond the end. */
export function octetAt(octets: Uint8Array, index: number): number {
  return octets[index] ?? 0;
}

/** Whether the text is hex digits only, and in whole octets. An empty text is. */
export function isHex(text: string): boolean {
  if (text.length % 2 !== 0) return false;
  for (let at = 0; at < text.length; at += 1) if (hexDigit(text.charCodeAt(at)) > 15) return false;
  return true;
}

/** The pieces one after the other. */
export function concatOctets(...pieces: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
