import { describe, expect, it } from 'vitest';
import {
  afterPrefix,
  bracketGroups,
  listNumbers,
  listValues,
  splitFields,
  toHexInteger,
  toInteger,
} from '../../../src/at/fields.ts';

describe('splitFields', () => {
  it.each([
    ['"SM",3,50', ['SM', '3', '50']],
    ['"ME", 0, 50', ['ME', '0', '50']],
    ['2,,', ['2', '', '']],
    ['', ['']],
    ['"a,b",(1,2),"(x"', ['a,b', '(1,2)', '(x']],
    ['"say "hi" now",5', ['say "hi" now', '5']],
    ['"open,5', ['open,5']],
    ['(1,(2,3)),4', ['(1,(2,3))', '4']],
    ['(open,1', ['(open,1']],
  ])('splits %j', (list, expected) => {
    expect(splitFields(list).map(({ text }) => text)).toEqual(expected);
  });

  it('knows what was quoted', () => {
    expect(splitFields('"","1",1').map(({ quoted }) => quoted)).toEqual([true, true, false]);
  });
});

describe('values of a test answer', () => {
  it.each([
    ['(0-3)', ['0', '1', '2', '3']],
    ['(0-2,5)', ['0', '1', '2', '5']],
    ['("SM","ME")', ['SM', 'ME']],
    ['(,"SM")', ['SM']],
    ['0-1', ['0', '1']],
    ['("0-3")', ['0-3']],
    ['()', []],
    ['(  )', []],
    ['3-1', []],
  ])('lists %j', (text, expected) => {
    expect(listValues(text)).toEqual(expected);
  });

  it('does not write out an endless range', () => {
    expect(listNumbers('(0-999999999)')).toHaveLength(1024);
  });

  it('finds the groups', () => {
    expect(bracketGroups('(1,"a"),,(2),3')).toEqual(['1,"a"', '2']);
  });
});

describe('numbers', () => {
  it.each([
    ['5', 5],
    ['-1', -1],
    ['0011', 11],
    ['', null],
    ['5a', null],
    ['1.5', null],
    ['9'.repeat(30), null],
  ])('reads %j', (text, expected) => {
    expect(toInteger(text)).toBe(expected);
  });

  it('reads hexadecimal up to 32 bits', () => {
    expect(toHexInteger({ text: 'FFFFFFFF', quoted: true })).toBe(4_294_967_295);
    expect(toHexInteger({ text: '1FFFFFFFF', quoted: true })).toBeNull();
    expect(toHexInteger({ text: '', quoted: true })).toBeNull();
  });
});

describe('afterPrefix', () => {
  it('does not mind the case or the space after the colon', () => {
    expect(afterPrefix('+csq:5,99', '+CSQ:')).toBe('5,99');
    expect(afterPrefix('+CSQ:  5,99 ', '+CSQ:')).toBe('5,99');
    expect(afterPrefix('+CSQN: 5', '+CSQ:')).toBeNull();
  });
});
