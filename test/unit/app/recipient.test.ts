import { describe, expect, it } from 'vitest';
import { readRecipient } from '../../../src/app/recipient.ts';
import { SimloftError } from '../../../src/core/errors.ts';

describe('the number of a recipient', () => {
  it.each([
    ['+79161234567', '+79161234567'],
    ['+7 (916) 123-45-67', '+79161234567'],
    ['89161234567', '89161234567'],
    ['+112', '+112'],
    ['900', '900'],
    ['*100#', '*100#'],
    ['+123456789012345', '+123456789012345'],
  ])('%j is sent to %j', (given, number) => {
    expect(readRecipient(given)).toBe(number);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['Balance', 'is a name'],
    ['МегаФон', 'is a name'],
    ['+12', 'too few or too many'],
    ['+1234567890123456', 'too few or too many'],
    ['1', 'too few or too many'],
    ['+7916*', 'too few or too many'],
    ['7916;900', 'no number has'],
    ['79\u001a16', 'no number has'],
    ['+7916"1', 'no number has'],
  ])('%j is refused: %s', (given, why) => {
    let thrown: unknown;
    try {
      readRecipient(given);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SimloftError);
    expect(thrown).toMatchObject({ code: 'number_invalid', details: { field: 'phone', value: given } });
    expect(String(thrown)).toContain(why);
  });
});
