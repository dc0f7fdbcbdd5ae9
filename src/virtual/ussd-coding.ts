import { hexOf, octetsOfHex, textOfUcs2, ucs2Of } from './octets.ts';
import { septetsOf } from './septets.ts';

/** The fields of `+CUSD:` after the status; UCS-2 in hex where the alphabet needs it or the character set of the modem is UCS2. */
export function ussdFields(text: string, characterSet: string): string {
  const septets = septetsOf(text);
  if (septets === null) return `"${hexOf(ucs2Of(text))}",72`;
  if (characterSet === 'UCS2') return `"${hexOf(ucs2Of(text))}",15`;
  const raw = characterSet === 'GSM' ? String.fromCharCode(...septets) : Array.from(text, latin1).join('');
  return `"${raw}",15`;
}

const latin1 = (character: string): string => (character.charCodeAt(0) <= 0xff ? character : '?');

/** What a request means: plain, as ZTE has it whatever the character set, else hex when that is UCS2. @returns null when it is neither. */
export function ussdRequestText(
  typed: string,
  { characterSet, plainOnly }: { readonly characterSet: string; readonly plainOnly: boolean },
): string | null {
  if (/^[\d*#+]{1,20}$/.test(typed) && (plainOnly || characterSet !== 'UCS2' || /[*#]/.test(typed))) return typed;
  if (plainOnly || characterSet !== 'UCS2')
    return /^[\p{L}\p{N} ]{1,20}$/u.test(typed) && !/^(?:00[\dA-F]{2})+$/i.test(typed) ? typed : null;
  const octets = octetsOfHex(typed);
  return octets === null || octets.length % 2 !== 0 ? null : textOfUcs2(octets);
}
