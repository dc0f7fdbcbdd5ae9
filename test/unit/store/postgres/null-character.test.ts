import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withNull, withoutNull } from '../../../../src/store/postgres/null-character.ts';

const text = string({ unit: constantFrom('\0', '\ufdd0', '\ufdd1', 'a', '𝄞', '\\') });

describe('U+0000 in a text for PostgreSQL', () => {
  it('is kept in another way, and comes back, whatever else is in the text', () => {
    assert(
      property(text, (given) => {
        const kept = withoutNull(given);
        expect(kept).not.toContain('\0');
        expect(withNull(kept)).toBe(given);
      }),
    );
  });

  it('gives different texts for different texts, so that keys stay unique', () => {
    assert(
      property(text, text, (one, other) => {
        expect(withoutNull(one) === withoutNull(other)).toBe(one === other);
      }),
    );
  });

  it('leaves texts without it as they are', () => {
    expect(withoutNull('Привет \\0 %00 \u0001 👋')).toBe('Привет \\0 %00 \u0001 👋');
  });
});
