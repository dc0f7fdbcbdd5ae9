import { expect, it } from 'vitest';
import { withoutCodes, withoutNumber, withoutNumbers } from '../../../src/app/messages/masked.ts';

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

it.each([
  ['Call +7 (916) 123-45-67 or 8 916 1234568.', 'Call ••••••67 or ••••••68.'],
  ['Card 4111 1111 1111 1111 is blocked', 'Card ••••••11 is blocked'],
  ['Room 1204, 23.11.2026 18:30, 12500 in all', 'Room 1204, 23.11.2026 18:30, 12500 in all'],
])('of %j is left %j', (text, left) => expect(withoutNumbers(text)).toBe(left));
