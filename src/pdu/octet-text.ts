/** Octets as UTF-8; null when they are not. */
export function readUtf8(octets: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return null;
  }
}

/** Octets whose alphabet nobody states: UTF-8, or else Windows-1251 where they look Cyrillic, or else Latin-1. */
export function readOctets(octets: Uint8Array): string {
  const text = readUtf8(octets);
  if (text !== null) return text;
  const cyrillic = octets.filter((octet) => octet >= 0xc0).length;
  return new TextDecoder(cyrillic * 2 > octets.length ? 'windows-1251' : 'latin1').decode(octets);
}

/**
 * 8-bit data (TS 23.038 §4) as text when it is that: UTF-8 without control characters. TS 23.038 gives it no alphabet,
 * but some senders put text into it. Null for everything else, and for no octets.
 */
export function textOfOctets(octets: Uint8Array): string | null {
  const text = octets.length === 0 ? null : readUtf8(octets);
  return text === null || /[^\P{C}\r\n\t]/u.test(text) ? null : text;
}
