import { expect, it } from 'vitest';
import { withoutCodes, withoutNumber } from '../../../src/app/messages/masked.ts';

it.each([
  ['Your code is 124-556', 'Your code is ••••••'],
  ['Ваш код: 4821. Никому не говорите', 'Ваш код: ••••••. Никому не говорите'],
  ['Your code is 918273\n\n@bank.example #918273', 'Your code is ••••••\n\n@bank.example #••••••'],
  ['Come at 18:30, it costs 1500', 'Come at 18:30, it costs 1500'],
])('of %j is left %j', async (text, left) => expect(await withoutCodes(text, 'Bank')).toBe(left));

it.each([
  ['+79161234567', '••••••67'],
  ['89161234567', '••••••67'],
  ['MyBank', 'MyBank'],
  ['900', '900'],
])('of the number %s is left %s', (number, left) => expect(withoutNumber(number)).toBe(left));
