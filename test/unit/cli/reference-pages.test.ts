import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../../src/cli/reference-pages.ts';

describe('the generated reference pages', () => {
  it.each([...referencePages()])('%s is as the sources say (npm run docs)', (name, text) => {
    expect(readFileSync(new URL(`../../../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(text);
  });
});
