import { at } from '../at/commands.ts';
import type { AtCommand } from '../at/command.ts';
import { encodeSeptets } from '../pdu/gsm-text.ts';
import { toHex } from '../pdu/octets.ts';
import { packUssdSeptets } from '../pdu/septets.ts';
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
      const septets = encodeSeptets(text);
      return septets === null ? null : at.cusd(toHex(packUssdSeptets(septets)), { dcs: gsm7 });
    }
    case 'ucs2':
      return at.cusd(utf16Hex(text), { dcs: ucs2 });
  }
}

/** The commands to try for a text, each with its coding: what worked before first, then the family's order. */
export function ussdCommands(
  text: string,
  ladder: readonly UssdCoding[],
  remembered: UssdCoding | null,
): { readonly coding: UssdCoding; readonly command: AtCommand }[] {
  const order = remembered === null ? ladder : [remembered, ...ladder.filter((coding) => coding !== remembered)];
  return order.flatMap((coding) => {
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
