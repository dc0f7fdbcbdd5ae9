/**
 * The answer to CGMI, CGMM, CGMR (TS 27.007 §4.1-4.3): the first line, without the prefix and the quotes that some modems
 * add. Null when there is none.
 */
export function readIdentity(lines: readonly string[]): string | null {
  for (const line of lines) {
    const text = line
      .replace(/^\+(?:C?GM[IMR]|CGSN):/i, '')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim();
    if (text !== '') return text;
  }
  return null;
}

/** The IMEI of CGSN (TS 27.007 §4.4): 15 digits, sometimes 14 or with the software version after it. */
export function readImei(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /(?<!\d)(\d{14,16})(?!\d)/.exec(line)?.[1];
    if (digits !== undefined) return digits;
  }
  return null;
}
