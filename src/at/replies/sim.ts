import { afterPrefix, fieldsAfter, hasPrefix, splitFields, toInteger } from '../fields.ts';

/** `+CPIN: <code>` (TS 27.007 §8.3): READY, SIM PIN, SIM PUK, PH-NET PIN, NOT INSERTED…, in upper case. */
export function readPinState(lines: readonly string[]): string | null {
  const text = fieldsAfter(lines, '+CPIN:')?.[0]?.text.toUpperCase();
  return text === undefined || text === '' ? null : text;
}

/** ZTE: `+ZPINPUK: <pin>,<puk>`: the tries that are left. */
export function readZtePinTries(lines: readonly string[]): { pin: number; puk: number } | null {
  const fields = fieldsAfter(lines, '+ZPINPUK:');
  const pin = toInteger(fields?.[0]);
  const puk = toInteger(fields?.[1]);
  return pin === null || puk === null ? null : { pin, puk };
}

/** The IMSI (TS 27.007 §4.6): 6 to 15 digits, with or without prefix and quotes. */
export function readImsi(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /^(?:\*?\+?CIMI:\s*)?"?(\d{6,15})"?$/i.exec(line.trim())?.[1];
    if (digits !== undefined) return digits;
  }
  return null;
}

/** The names under which vendors answer for the ICCID. */
const iccidPrefixes = [
  '+ICCID:',
  'ICCID:',
  '^ICCID:',
  '+CCID:',
  '+QCCID:',
  '#CCID:',
  '*ICCID:',
  '%ICCID:',
  '%CCID:',
  '+CRSM:',
];

/**
 * The ICCID (ITU-T E.118, 18 to 20 digits): `+CCID: "8970…"`, `^ICCID: …`, a bare number, or `+CRSM: 144,0,"98…"` with its
 * digits swapped. The filling `F` is dropped.
 */
export function readIccid(lines: readonly string[]): string | null {
  for (const line of lines) {
    const prefix = iccidPrefixes.find((name) => hasPrefix(line, name));
    const rest = prefix === undefined ? line : (afterPrefix(line, prefix) ?? '');
    for (const { text } of splitFields(rest)) {
      const iccid = toIccid(text);
      if (iccid !== null) return iccid;
    }
  }
  return null;
}

/** E.118 begins with 89 (telecommunication); a card's file has the digits of each octet swapped and begins with 98. */
function toIccid(text: string): string | null {
  if (!/^[0-9A-Fa-f]{18,20}$/.test(text)) return null;
  const inOrder = text.startsWith('98') ? text.replace(/(.)(.)/g, '$2$1') : text;
  const digits = inOrder.replace(/F+$/i, '');
  return /^89\d{16,18}$/.test(digits) ? digits : null;
}

/** `+CNUM: ["name"],"+7916…",145` (TS 27.007 §7.1): the own numbers that the SIM holds; empty ones are left out. */
export function readOwnNumbers(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const at = line.toUpperCase().indexOf('+CNUM:');
    const fields = at < 0 ? [] : splitFields(line.slice(at + '+CNUM:'.length));
    const number = fields[1]?.text ?? '';
    return number === '' ? [] : [number];
  });
}
