import { describe, expect, it } from 'vitest';
import { type LifeInput, type LifeState, nextLife } from '../../../src/at/command-life.ts';

const failure = { kind: 'CMS', code: 500, text: '+CMS ERROR: 500' } as const;
const states: Readonly<Record<string, LifeState>> = {
  idle: { type: 'idle' },
  'await-final': { type: 'await-final' },
  'prompt, note pending': { type: 'await-prompt', note: { type: 'pending' } },
  'prompt, note written': { type: 'await-prompt', note: { type: 'written' } },
  'prompt, note failed': { type: 'await-prompt', note: { type: 'failed', error: 'disk' } },
  'await-note': { type: 'await-note' },
  'await-result': { type: 'await-result', reference: null },
  'await-result, reference': { type: 'await-result', reference: { value: 7, line: '+CMGS: 7' } },
  escaping: { type: 'escaping', outcome: { type: 'not-sent', reason: 'no-prompt' } },
  quarantine: { type: 'quarantine', cause: 'command' },
  closed: { type: 'closed' },
};
const inputs: Readonly<Record<string, LifeInput>> = {
  command: { type: 'command' },
  message: { type: 'message' },
  prompt: { type: 'prompt' },
  'note-written': { type: 'note-written' },
  'note-failed': { type: 'note-failed', error: 'disk' },
  reference: { type: 'reference', reference: { value: 9, line: '+CMGS: 9' } },
  ok: { type: 'final', result: { ok: true, text: 'OK' } },
  error: { type: 'final', result: { ok: false, error: failure } },
  settled: { type: 'settled' },
  timeout: { type: 'timeout' },
  closed: { type: 'closed' },
};

/** `next state | actions`; `.` where nothing happens. One row a state, one column an input, in the order of `inputs`. */
const table: Readonly<Record<string, readonly string[]>> = {
  idle: [
    'await-final|write-command',
    'await-prompt|write-command',
    '.',
    '.',
    '.',
    '|stray',
    '|stray',
    '|stray',
    '.',
    '.',
    'closed|',
  ],
  'await-final': [
    '.',
    '.',
    '.',
    '.',
    '.',
    '.',
    'idle|answered',
    'idle|answered',
    'quarantine|answered',
    'quarantine|timed-out',
    'closed|lost',
  ],
  'prompt, note pending': [
    '.',
    '.',
    'await-note|',
    'await-prompt:written|',
    'await-prompt:failed|',
    '.',
    'escaping|write-escape',
    'idle|refused before',
    '.',
    'escaping|write-escape',
    'closed|not-sent port-closed',
  ],
  'prompt, note written': [
    '.',
    '.',
    'await-result|write-pdu',
    '.',
    'await-prompt:failed|',
    '.',
    'escaping|write-escape',
    'idle|refused before',
    '.',
    'escaping|write-escape',
    'closed|not-sent port-closed',
  ],
  'prompt, note failed': [
    '.',
    '.',
    'escaping|write-escape',
    'await-prompt:written|',
    '.',
    '.',
    'escaping|write-escape',
    'idle|refused before',
    '.',
    'escaping|write-escape',
    'closed|not-sent port-closed',
  ],
  'await-note': [
    '.',
    '.',
    '.',
    'await-result|write-pdu',
    'escaping|write-escape',
    '.',
    '|stray',
    'idle|refused before',
    '.',
    'escaping|write-escape',
    'closed|not-sent port-closed',
  ],
  'await-result': [
    '.',
    '.',
    '.',
    '.',
    '.',
    'await-result:9|',
    'idle|unknown no-reference',
    'idle|refused after',
    '.',
    'quarantine:pdu|unknown timeout',
    'closed|unknown port-closed',
  ],
  'await-result, reference': [
    '.',
    '.',
    '.',
    '.',
    '.',
    'await-result:9|',
    'idle|sent 7',
    'idle|sent 7',
    '.',
    'quarantine:pdu|sent 7',
    'closed|sent 7',
  ],
  escaping: [
    '.',
    '.',
    '|write-escape',
    '.',
    '.',
    '.',
    'quarantine:prompt|not-sent no-prompt',
    'quarantine:prompt|not-sent no-prompt',
    '.',
    'quarantine:prompt|not-sent no-prompt',
    'closed|not-sent no-prompt',
  ],
  quarantine: [
    'await-final|write-command',
    '.',
    '|write-escape',
    '.',
    '.',
    '|stray',
    '|stray',
    '|stray',
    '.',
    '.',
    'closed|',
  ],
  closed: ['|lost', '|not-sent port-closed', '.', '.', '.', '.', '.', '.', '.', '.', '.'],
};

function nameOf(state: LifeState): string {
  if (state.type === 'await-prompt')
    return `${state.type}${state.note.type === 'pending' ? '' : `:${state.note.type}`}`;
  if (state.type === 'await-result')
    return `${state.type}${state.reference === null ? '' : `:${state.reference.value}`}`;
  if (state.type === 'quarantine') return `${state.type}${state.cause === 'command' ? '' : `:${state.cause}`}`;
  return state.type;
}

function describeStep(from: LifeState, input: LifeInput): string {
  const { state, actions } = nextLife(from, input);
  const done = actions.map((action) => {
    if (action.type !== 'submitted') return action.type;
    const { outcome } = action;
    if (outcome.type === 'sent') return `sent ${outcome.messageReference}`;
    if (outcome.type === 'refused') return `refused ${outcome.afterPdu ? 'after' : 'before'}`;
    return `${outcome.type} ${outcome.reason}`;
  });
  const changed = JSON.stringify(state) === JSON.stringify(from) ? '' : nameOf(state);
  return changed === '' && done.length === 0 ? '.' : `${changed}|${done.join(' ')}`;
}

describe('the life of a command', () => {
  const cases = Object.entries(states).flatMap(([state, from]) =>
    Object.entries(inputs).map(([input, given], column) => ({
      state,
      input,
      from,
      given,
      expected: table[state]?.[column],
    })),
  );

  it.each(cases)('$state, $input: $expected', ({ from, given, expected }) => {
    expect(describeStep(from, given)).toBe(expected);
  });

  it('names the right reasons on the way to ESC', () => {
    const reason = (state: LifeState, input: LifeInput) => {
      const next = nextLife(state, input).state;
      return next.type === 'escaping' && next.outcome.type === 'not-sent' ? next.outcome : null;
    };
    expect(reason({ type: 'await-prompt', note: { type: 'failed', error: 'disk' } }, { type: 'prompt' })).toEqual({
      type: 'not-sent',
      reason: 'before-pdu',
      error: 'disk',
    });
    expect(reason({ type: 'await-note' }, { type: 'note-failed', error: 'disk' })?.error).toBe('disk');
    expect(reason({ type: 'await-note' }, { type: 'timeout' })?.reason).toBe('before-pdu');
    expect(reason({ type: 'await-prompt', note: { type: 'written' } }, { type: 'timeout' })?.reason).toBe('no-prompt');
  });

  it('writes nothing after the PDU until the result is known, whatever happens', () => {
    for (const input of Object.values(inputs)) {
      const { actions } = nextLife({ type: 'await-result', reference: null }, input);
      expect(actions.filter(({ type }) => type.startsWith('write'))).toEqual([]);
    }
  });
});
