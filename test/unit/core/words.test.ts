import { describe, expect, it } from 'vitest';
import { closest } from '../../../src/core/closest.ts';
import { errorTable, SimloftError, toSimloftError } from '../../../src/core/errors.ts';
import { maskNumber } from '../../../src/core/logger.ts';
import { seededRandom } from '../../../src/core/random.ts';

describe('closest', () => {
  const names = ['MODEM_PORT', 'MODEM_PIN', 'DATA_DIR', 'PORT'];

  it.each([
    ['MODEM_PROT', 'MODEM_PORT'],
    ['modem_port', 'MODEM_PORT'],
    ['DATADIR', 'DATA_DIR'],
    ['MODEM_PI', 'MODEM_PIN'],
  ])('%s means %s', (given, meant) => expect(closest(given, names)).toBe(meant));

  it('suggests nothing that is far away', () => expect(closest('HOME_ASSISTANT', names)).toBeNull());
});

describe('maskNumber', () => {
  it.each([
    ['+79161234567', '+7916…67'],
    ['89161234567', '89161…67'],
    ['900', '900'],
    ['Balance', 'Balance'],
  ])('%s is logged as %s', (number, masked) => expect(maskNumber(number)).toBe(masked));
});

describe('SimloftError', () => {
  it('carries status, retryability, details and cause', () => {
    const cause = new Error('EBUSY');
    const error = new SimloftError('port_busy', 'ModemManager holds it.', { cause, details: { pid: 7 } });
    expect([error.status, error.retryable, error.details['pid'], error.cause]).toEqual([503, true, 7, cause]);
  });

  it('keeps its own kind and wraps any other', () => {
    const own = new SimloftError('port_busy');
    expect(toSimloftError(own)).toBe(own);
    expect(toSimloftError('odd')).toMatchObject({ code: 'internal', message: 'odd' });
  });

  it('has a sentence for each code', () => {
    for (const entry of Object.values(errorTable)) expect(entry.text).toMatch(/^[A-Z].*\.$/);
  });
});

describe('seededRandom', () => {
  it('repeats from its seed, and fills its range', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 200 }, () => random.below(10));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(new Set(draw(7)).size).toBe(10);
  });
});
