/** A number or a name as a person writes it, in the form in which it is stored: `+7 (916) 123-45-67` becomes `+79161234567`. */
export function readAddress(given: string): string {
  const address = given.trim();
  const number = address.replace(/[\s().\u00a0-]/g, '');
  return /^\+?[\d*#]+$/.test(number) ? number : address;
}
