import { SimloftError } from '../core/errors.ts';

/**
 * A number as a person writes it, made ready for sending: `+7 (916) 123-45-67` becomes `+79161234567`; short codes and
 * national numbers stay as they are (TS 23.040 §9.1.2.5).
 * @throws SimloftError `number_invalid`, with what is wrong and what is allowed.
 */
export function readRecipient(given: string): string {
  const number = given.replace(/[\s().\u00a0-]/g, '');
  if (/^\+\d{3,15}$/.test(number) || /^[\d*#]{2,15}$/.test(number)) return number;
  const details = { field: 'phone', value: given, allowed };
  throw new SimloftError('number_invalid', `${whatIsWrong(number, given)} Allowed: ${allowed}.`, { details });
}

const allowed = '+ and 3 to 15 digits, or a short code of 2 to 15 digits, * and #';

function whatIsWrong(number: string, given: string): string {
  const shown = JSON.stringify(given.slice(0, 40));
  if (number === '') return 'The number is empty.';
  if (/\p{L}/u.test(number))
    return `${shown} is a name: senders may show a name instead of a number, but nothing can be sent to one.`;
  if (/^\+?[\d*#]*$/.test(number)) return `${shown} has too few or too many digits.`;
  return `${shown} holds a character that no number has.`;
}
