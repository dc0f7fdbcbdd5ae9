import { describe, expect, it } from 'vitest';
import { StatementNames } from '../../../../src/store/postgres/statement-names.ts';

describe('names of prepared statements', () => {
  it('are one for each statement', () => {
    const names = new StatementNames();
    const first = names.nameOf('select 1');
    expect(names.nameOf('select 2')).not.toBe(first);
    expect(names.nameOf('select 1')).toBe(first);
  });

  it('are given to so many only, and those keep theirs', () => {
    const names = new StatementNames();
    const first = names.nameOf('select 0');
    const given = Array.from({ length: 1_000 }, (_, index) => names.nameOf(`select ${index}`));
    expect(new Set(given.filter((name) => name !== undefined)).size).toBe(200);
    expect(given.at(-1)).toBeUndefined();
    expect(names.nameOf('select 0')).toBe(first);
  });

  it('are not given to long statements', () => {
    expect(new StatementNames().nameOf(`select ${'1, '.repeat(2_000)} 1`)).toBeUndefined();
  });
});
