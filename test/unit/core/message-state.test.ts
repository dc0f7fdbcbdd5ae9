import { describe, expect, it } from 'vitest';
import { type MessageState, nextState, type StateInput, stateOfParts } from '../../../src/core/message-state.ts';

const states: MessageState[] = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'unknown',
  'failed',
  'expired',
  'canceled',
];
const inputs: StateInput[] = [
  'sending',
  'sent',
  'retry',
  'fail',
  'lose',
  'deliver',
  'undeliver',
  'expire',
  'cancel',
  'resend',
];

/** Every cell of the table, rows are states, columns the inputs above; `.` leaves the state as it is. */
const table: Record<MessageState, string> = {
  queued: 'sending . . failed . . . expired canceled .',
  sending: '. sent queued failed unknown delivered undelivered . . .',
  sent: '. . . . . delivered undelivered expired . .',
  delivered: '. . . . . . . . . .',
  undelivered: '. . . . . delivered . . . queued',
  unknown: '. sent . failed . delivered undelivered . . queued',
  failed: '. . . . . . . . . queued',
  expired: '. . . . . delivered . . . queued',
  canceled: '. . . . . . . . . .',
};

describe('nextState', () => {
  for (const state of states) {
    it(`leads out of ${state} as the table says`, () => {
      const row = inputs.map((input) => nextState(state, input)).map((next) => (next === state ? '.' : next));
      expect(row.join(' ')).toBe(table[state]);
    });
  }

  it('never sends again by itself what may have left', () => {
    for (const input of inputs.filter((name) => name !== 'resend'))
      expect(nextState('unknown', input)).not.toBe('queued');
  });
});

describe('stateOfParts', () => {
  it.each<[MessageState[], MessageState]>([
    [['delivered', 'delivered'], 'delivered'],
    [['sent', 'delivered'], 'sent'],
    [['sent', 'queued'], 'queued'],
    [['sent', 'sending', 'queued'], 'sending'],
    [['sent', 'unknown', 'queued'], 'unknown'],
    [['unknown', 'failed'], 'unknown'],
    [['sent', 'failed'], 'failed'],
    [['delivered', 'undelivered'], 'undelivered'],
  ])('%j is %s', (parts, state) => {
    expect(stateOfParts(parts)).toBe(state);
  });
});
