import { loadFindCode } from '../../codes/load.ts';

const dots = '••••••';

/** A text without the one-time codes in it. */
export async function withoutCodes(text: string, sender: string): Promise<string> {
  const findCode = await loadFindCode();
  const found = findCode(text, { sender });
  if (found === null) return text;
  // The same code may stand there twice: plainly, and in the line for a browser.
  const said = `${text.slice(0, found.start)}${dots}${text.slice(found.end)}`;
  return said.replaceAll(found.code, dots).replaceAll(found.shown, dots);
}

/** A number with its last two digits only; names stay. */
export const withoutNumber = (address: string): string =>
  /^\+?\d{5,}$/.test(address) ? `${dots}${address.slice(-2)}` : address;

/** What may be a phone number or an account: 9 digits or more, with the marks that people put between. */
const numbers = /\+?\d(?:[ ()-]{0,2}\d){8,}/g;

/** A text whose long numbers have their last two digits only. */
export const withoutNumbers = (text: string): string =>
  text.replaceAll(numbers, (number) => `${dots}${number.replaceAll(/\D/g, '').slice(-2)}`);
