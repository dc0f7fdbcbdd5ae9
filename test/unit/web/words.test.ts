import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../../src/core/errors.ts';
import { en } from '../../../web/src/language/en.ts';
import { ru } from '../../../web/src/language/ru.ts';
import { ruProblems } from '../../../web/src/language/ru-problems.ts';
import type { Plural } from '../../../web/src/language/words.ts';
import { piecesOf } from '../../../web/src/parts/digits.ts';

const source = join(import.meta.dirname, '../../../web/src');

/** The names of everything that is said, with what they lead to. */
function leavesOf(words: object, path = ''): [name: string, value: unknown][] {
  return Object.entries(words).flatMap(([name, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leavesOf(value, `${path}${name}.`)
      : [[`${path}${name}`, value]],
  );
}

describe('the languages of the page', () => {
  it('say the same things', () => {
    const names = (words: object) => leavesOf(words).map(([name, value]) => `${name}: ${typeof value}`);
    expect(names(ru).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(names(en).toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('leave nothing empty, and Russian leaves no English', () => {
    const own = new Set(['locale', 'name', 'settings.about', 'modem.dbm', 'composer.segments']);
    for (const [name, value] of leavesOf(ru)) {
      if (typeof value !== 'string' || own.has(name)) continue;
      expect(value, name).toMatch(/[а-яё]/i);
    }
  });

  it('name every error of the gateway in Russian', () => {
    expect(Object.keys(ruProblems).toSorted()).toEqual(Object.keys(errorTable).toSorted());
    for (const [code, text] of Object.entries(ruProblems)) expect(text, code).toMatch(/[а-яё].*[.?]$/);
  });

  it.each([
    [1, 'непрочитанное сообщение'],
    [3, 'непрочитанных сообщения'],
    [5, 'непрочитанных сообщений'],
    [21, 'непрочитанное сообщение'],
  ])('count %i as %s', (count, words) => {
    const rules = new Intl.PluralRules('ru-RU');
    const plural: Plural = (number, forms) => {
      const rule = rules.select(number);
      return (rule === 'one' ? forms.one : rule === 'few' ? forms.few : undefined) ?? forms.other;
    };
    expect(ru.home.unread(count, plural)).toBe(`${count} ${words}`);
  });

  it('are where all words are: no component says anything itself', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    expect(files.length).toBeGreaterThan(20);
    const said = files.flatMap((name) => {
      const code = readFileSync(join(source, name), 'utf8');
      const texts = [...code.matchAll(/>\s*([^<>{}=;()]*\p{L}{2,}[^<>{}=;()]*)\s*<\//gu)].map(([, text]) =>
        text?.trim(),
      );
      const attributes = [
        ...code.matchAll(/(?:label|title|placeholder|aria-label|description|alt)="([^"]*\p{L}{2,}[^"]*)"/gu),
      ];
      return [...texts, ...attributes.map(([, text]) => text)].map((text) => `${name}: ${text}`);
    });
    const allowed = new Set(['shell.tsx: Simloft', 'screens/settings/new-webhook.tsx: http://192.168.1.5:8123/hook']);
    expect(said.filter((one) => !allowed.has(one))).toEqual([]);
  });
});

describe('runs of digits', () => {
  it.each([
    ['Code 124 556.', ['124 556']],
    ['Call 8 916 555-01-23 or 112', ['8 916 555-01-23', '112']],
    ['12 and 3', []],
    ['+7 495 124-55-61', ['+7 495 124-55-61']],
    ['2026-11-23', ['2026-11-23']],
    ['', []],
  ])('of %j are %j', (text, runs) => {
    const pieces = piecesOf(text);
    expect(pieces.filter(({ digits }) => digits).map((piece) => piece.text)).toEqual(runs);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });
});
