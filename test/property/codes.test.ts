import { array, assert, constantFrom, oneof, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCode, findCodes } from '../../src/codes/find-code.ts';
import { foldText } from '../../src/codes/folded-text.ts';

const size = 10_000;
const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Texts that make careless searches slow: one long word, one long number, and everything that nearly is something. */
const hostile: Readonly<Record<string, string>> = {
  'one digit': fill('1'),
  'one letter': fill('a'),
  'one capital': fill('A'),
  'letters and dots': fill('a.'),
  'digits and dashes': fill('1-'),
  'digits and blanks': fill('12 '),
  'groups of four': fill('1234 '),
  'groups with dashes': fill('123-456 '),
  'open brackets': fill('(1'),
  'plus signs': fill('+1 ('),
  asterisks: fill('*1'),
  'words for codes': fill('code '),
  'words and numbers': fill('code 1234 '),
  'numbers and units': fill('1234 min '),
  'half wordings': fill('one time '),
  'many languages': fill('код 验证码 code şifre 1234, '),
  'Chinese without blanks': fill('验证码是1234'),
  'web forms': fill('@a.b #1\n'),
  'half web forms': `@${fill('a.')}`,
  'mail addresses': fill('a@'),
  links: fill('http://'),
  'mixed pieces': fill('AB1-'),
  'line ends': fill('\n'),
  blanks: fill(' '),
  warnings: fill('never share your code '),
  'letters and marks of length': fill('İ'),
  'half surrogates': fill('\ud83d'),
  'retriever marks': fill('A1b2C3d4E5f '),
  'small words': fill('is '),
  'Japanese links': fill('はがです'),
  'letters with digits': fill('1a'),
  'mixed with units': fill('1234р '),
};

describe('the search for codes', () => {
  it.each(Object.entries(hostile))('takes less than 50 ms for 10,000 characters of %s', (_, text) => {
    // Time of the processor, the best of five: other programs on the machine do not count.
    const times = [0, 1, 2, 3, 4].map(() => {
      const start = process.cpuUsage();
      findCode(text, { sender: 'Test' });
      return process.cpuUsage(start).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('never throws, and shows what stands in the text', () => {
    const piece = oneof(
      string({ unit: 'binary', maxLength: 12 }),
      constantFrom('code', 'код', '验证码', 'is', ': ', ' ', '-', '\n', '.', '*', '#', '@', '₽', 'promo', 'карта'),
      stringMatching(/^[0-9A-Z -]{1,10}$/),
    );
    assert(
      property(array(piece, { maxLength: 30 }), string({ maxLength: 12 }), (pieces, sender) => {
        const text = pieces.join('');
        const found = findCode(text, { sender });
        const all = findCodes(text, { sender });
        for (const one of found === null ? all : [found, ...all]) {
          expect(text.slice(one.start, one.end)).toBe(one.shown);
          expect(one.score).toBeGreaterThanOrEqual(0);
          expect(one.score).toBeLessThanOrEqual(1);
          expect(one.why).toMatch(/\.$/);
        }
        if (found !== null) expect(found.code).not.toMatch(/[\s-]/);
      }),
      { numRuns: 500 },
    );
  });

  it('folds a text to one of the same length', () => {
    assert(property(string({ unit: 'binary' }), (text) => foldText(text).length === text.length));
  });

  it('finds a code that is put after a wording, whatever its digits', () => {
    const wording = constantFrom(
      'Your verification code is ',
      'Код подтверждения: ',
      '【X】您的验证码是',
      'Ihr Bestätigungscode lautet ',
      'Su código de verificación es ',
      'Votre code de vérification : ',
      'Doğrulama kodunuz: ',
    );
    assert(
      property(wording, stringMatching(/^[0-9]{4,8}$/), (words, code) => {
        expect(findCode(`${words}${code}`, { sender: 'Test' })?.code).toBe(code);
      }),
    );
  });
});
