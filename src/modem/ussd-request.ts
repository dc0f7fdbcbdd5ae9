import { at } from '../at/commands.ts';
import type { AtCommand } from '../at/command.ts';
import { packUssd } from '../pdu/ussd.ts';
import type { UssdCoding } from './families/profile.ts';

/** TS 23.038 §5: 15 = GSM 7-bit, language unspecified; 72 = UCS2. */
const gsm7 = 15;
const ucs2 = 72;

/**
 * AT+CUSD for a request in one of the codings; null where this text cannot be written so.
 * @throws SimloftError `at_unsafe` for a text that must not reach the modem.
 */
export function ussdCommand(text: string, coding: UssdCoding): AtCommand | null {
  switch (coding) {
    case 'plain':
      return isPlain(text) ? at.cusd(text, { dcs: gsm7 }) : null;
    case 'plain-without-dcs':
      return isPlain(text) ? at.cusd(text) : null;
    case 'bare':
      return /^[0-9A-Za-z*#+]{1,182}$/.test(text) ? at.cusd(text, { dcs: gsm7, bare: true }) : null;
    case 'packed': {
      const packed = packUssd(text);
      return packed === null ? null : at.cusd(packed, { dcs: gsm7 });
    }
    case 'ucs2':
      return at.cusd(utf16Hex(text), { dcs: ucs2 });
  }
}

/**
 * The commands to try for a text, each with its coding: the one that worked before, else all in the family's order. What
 * the network refuses in a coding that is known to work would only be gibberish in another.
 */
export function ussdCommands(
  text: string,
  ladder: readonly UssdCoding[],
  remembered: UssdCoding | null,
): { readonly coding: UssdCoding; readonly command: AtCommand }[] {
  const known = remembered === null ? null : ussdCommand(text, remembered);
  if (remembered !== null && known !== null) return [{ coding: remembered, command: known }];
  return ladder.flatMap((coding) => {
    const command = ussdCommand(text, coding);
    return command === null ? [] : [{ coding, command }];
  });
}

/** What may stand between quotation marks in a command line. */
function isPlain(text: string): boolean {
  return /^[\x20\x21\x23-\x7e]{1,182}$/.test(text);
}

function utf16Hex(text: string): string {
  let hex = '';
  for (let unit = 0; unit < text.length; unit += 1)
    hex += text.charCodeAt(unit).toString(16).toUpperCase().padStart(4, '0');
  return hex;
}
