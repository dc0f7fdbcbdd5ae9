/**
 * The life of an outgoing message and of each of its parts, as one pure table. A cell that is missing means: this input
 * changes nothing here (events may arrive twice or late).
 */
export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'unknown',
  'failed',
  'expired',
  'canceled',
] as const;
export type MessageState = (typeof messageStates)[number];

export type StateInput =
  | 'sending'
  | 'sent'
  | 'retry'
  | 'fail'
  | 'lose'
  | 'deliver'
  | 'undeliver'
  | 'expire'
  | 'cancel'
  | 'resend';

const transitions: Readonly<Record<MessageState, Partial<Record<StateInput, MessageState>>>> = {
  queued: { sending: 'sending', fail: 'failed', expire: 'expired', cancel: 'canceled' },
  // Between Ctrl-Z and +CMGS: only the modem's answer, or its loss, leads out.
  sending: {
    sent: 'sent',
    retry: 'queued',
    fail: 'failed',
    lose: 'unknown',
    deliver: 'delivered',
    undeliver: 'undelivered',
  },
  sent: { deliver: 'delivered', undeliver: 'undelivered', expire: 'expired' },
  // A late answer or a delivery report settles it; only a person or the policy of the message sends it again.
  unknown: { sent: 'sent', deliver: 'delivered', undeliver: 'undelivered', resend: 'queued', fail: 'failed' },
  delivered: {},
  undelivered: { deliver: 'delivered', resend: 'queued' },
  failed: { resend: 'queued' },
  expired: { deliver: 'delivered', resend: 'queued' },
  canceled: {},
};

/** The state after `input`; the same state where the input means nothing. */
export function nextState(state: MessageState, input: StateInput): MessageState {
  return transitions[state][input] ?? state;
}

/** The state of a message from the states of its parts: the worst that needs telling, else the least advanced. */
export function stateOfParts(parts: readonly MessageState[]): MessageState {
  for (const state of [
    'sending',
    'unknown',
    'failed',
    'undelivered',
    'expired',
    'canceled',
    'queued',
    'sent',
  ] as const) {
    if (parts.includes(state)) return state;
  }
  return 'delivered';
}
