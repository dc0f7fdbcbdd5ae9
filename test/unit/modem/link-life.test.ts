import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../../src/core/modem-status.ts';
import { initialLink, type LinkInput, type LinkLife, type LinkReason, nextLink } from '../../../src/modem/link-life.ts';

const before: LinkReason = { code: 'port_closed', text: 'The port has closed.' };
const now: LinkReason = { code: 'modem_silent', text: 'Nothing answers.' };
const states = ['closed', 'opening', 'synchronising', 'identifying', 'initialising', 'ready', 'failed'] as const;
const inputs = ['open', 'opened', 'synchronised', 'identified', 'initialised', 'fail', 'lose', 'stop'] as const;

const inputOf = (type: LinkInput['type']): LinkInput =>
  type === 'fail' || type === 'lose' || type === 'treat' ? { type, reason: now } : { type };

/** Rows: state; columns: input in the order of `inputs`. `-` changes nothing. */
const table: Readonly<Record<LinkState, readonly (LinkState | '-')[]>> = {
  closed: ['opening', '-', '-', '-', '-', '-', '-', 'closed'],
  opening: ['-', 'synchronising', '-', '-', '-', 'failed', 'closed', 'closed'],
  synchronising: ['-', '-', 'identifying', '-', '-', 'failed', 'closed', 'closed'],
  identifying: ['-', '-', '-', 'initialising', '-', 'failed', 'closed', 'closed'],
  initialising: ['-', '-', '-', '-', 'ready', 'failed', 'closed', 'closed'],
  ready: ['-', '-', '-', '-', '-', 'failed', 'closed', 'closed'],
  failed: ['opening', '-', '-', '-', '-', 'failed', 'closed', 'closed'],
};

describe('the life of a link', () => {
  for (const state of states) {
    for (const [column, type] of inputs.entries()) {
      const expected = table[state][column];
      it(`${state} + ${type} → ${expected}`, () => {
        const link: LinkLife = { state, reason: before, failures: 2 };
        const next = nextLink(link, inputOf(type));
        if (expected === '-') expect(next).toBe(link);
        else expect(next.state).toBe(expected);
      });
    }
  }

  it('tells a new reason when it fails, and counts', () => {
    const link: LinkLife = { state: 'synchronising', reason: before, failures: 2 };
    expect(nextLink(link, { type: 'fail', reason: now })).toEqual({ state: 'failed', reason: now, failures: 3 });
    expect(nextLink(link, { type: 'lose', reason: now })).toEqual({ state: 'closed', reason: now, failures: 3 });
  });

  it('keeps the first reason when a failed link loses its port', () => {
    const link: LinkLife = { state: 'failed', reason: before, failures: 2 };
    expect(nextLink(link, { type: 'lose', reason: now })).toEqual({ state: 'closed', reason: before, failures: 2 });
  });

  it('keeps the reason and the count until it is ready again', () => {
    let link: LinkLife = { state: 'failed', reason: before, failures: 2 };
    for (const type of ['open', 'opened', 'synchronised', 'identified'] as const) {
      link = nextLink(link, { type });
      expect(link).toMatchObject({ reason: before, failures: 2 });
    }
    expect(nextLink(link, { type: 'initialised' })).toEqual({ state: 'ready', reason: null, failures: 0 });
  });

  it('forgets everything when the worker stops', () => {
    expect(nextLink({ state: 'failed', reason: before, failures: 7 }, { type: 'stop' })).toEqual(initialLink);
    expect(nextLink(initialLink, { type: 'stop' })).toBe(initialLink);
  });

  it('tells what is done about a link that is down, and nothing of one that is well', () => {
    for (const state of states) {
      const link: LinkLife = { state, reason: before, failures: 7 };
      expect(nextLink(link, { type: 'treat', reason: now })).toEqual(
        state === 'ready' ? link : { ...link, reason: now },
      );
    }
  });
});
