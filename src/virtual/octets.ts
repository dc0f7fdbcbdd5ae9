/** Upper-case hex. */
export function hexOf(octets: Iterable<number>): string {
  let hex = '';
  for (const octet of octets) hex += octet.toString(16).toUpperCase().padStart(2, '0');
  return hex;
}

/** @returns null when it is not an even number of hex digits. */
export function octetsOfHex(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0 || !/^[\dA-Fa-f]*$/.test(hex)) return null;
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

/** UTF-16, the higher octet first, as TS 23.038 §6.2.3 has UCS-2. */
export function ucs2Of(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    octets[at * 2] = unit >> 8;
    octets[at * 2 + 1] = unit & 0xff;
  }
  return octets;
}

export function textOfUcs2(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < octets.length; at += 2)
    text += String.fromCharCode(((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0));
  return text;
}

/** Octets of the TPDU in a PDU that has its service-centre address in front: the `<length>` of TS 27.005. */
export function tpduLengthOf(pdu: string): number {
  return pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16);
}
