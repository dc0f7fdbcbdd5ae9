import { readAddress } from '../../app/address.ts';
import { textRead } from '../api/schema.ts';

/** A number or a name in a query: a number as it is stored, and the `+` that a query string makes a space. */
export const peer = textRead(
  'a number or the name of a sender, 1 to 100 characters',
  { type: 'string', examples: ['+79161234567', 'Balance'] },
  (text) => {
    const given = text.replace(/^ (?=\d)/, '+').trim();
    if (given === '' || given.length > 100) return null;
    return readAddress(given);
  },
);
