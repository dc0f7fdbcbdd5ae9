/**
 * Gives back the plus of numbers in an address where nobody encoded it: it arrives as a blank before the first digit. Other numbers stay
 * as they are: one without a plus is dialled as it stands, and with one it would be somebody else's, in another country.
 */
export const withLostPlus = (number: string): string => number.replace(/^ (?=[1-9]\d{9,14}$)/, '+').trim();
