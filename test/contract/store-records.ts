import type {
  NewCallRecord,
  NewInboundMessage,
  NewInboundPart,
  NewOutgoingMessage,
  NewStatusReport,
  OutgoingPart,
} from '../../src/store/records.ts';

/* Records with every field set, to be changed where a test wants it. */

export const inbound = (change: Partial<NewInboundMessage> = {}): NewInboundMessage => ({
  modem: 'modem',
  sim: '8970101234567890123',
  sender: '+79161234567',
  text: 'Привет 👋 \n it\'s "me"',
  state: 'complete',
  kind: 'text',
  storedAt: 2_000,
  receivedAt: 1_000,
  smsc: { at: 900, offsetMinutes: -225 },
  slot: 3,
  memory: 'SM',
  duplicateOf: null,
  imported: false,
  setKey: null,
  partsTotal: 1,
  decodeError: null,
  readAt: null,
  blocked: false,
  ...change,
});

export const inboundPart = (messageId: number, change: Partial<NewInboundPart> = {}): NewInboundPart => ({
  messageId,
  seq: 1,
  key: 'key-1',
  pdu: '07919761980644F0',
  tpduLength: 24,
  memory: 'SM',
  slot: 3,
  receivedAt: 1_000,
  smscAt: 900,
  ...change,
});

export const outgoing = (change: Partial<NewOutgoingMessage> = {}): NewOutgoingMessage => ({
  modem: 'modem',
  recipient: '+79161234567',
  text: 'Hello',
  state: 'queued',
  createdAt: 1_000,
  updatedAt: 1_000,
  attempt: 0,
  busyCount: 0,
  nextAttemptAt: 1_000,
  expiresAt: 90_000,
  deliveryReport: true,
  flash: false,
  validFor: null,
  ifUnknown: 'stop',
  error: null,
  errorCode: null,
  sentAt: null,
  deliveredAt: null,
  idempotencyKey: null,
  resendOf: null,
  ...change,
});

export const outgoingPart = (seq: number, change: Partial<OutgoingPart> = {}): Omit<OutgoingPart, 'messageId'> => ({
  seq,
  pdu: '0001000B919761214365F7',
  tpduLength: 10 + seq,
  state: 'queued',
  attempt: 0,
  run: null,
  messageReference: null,
  sentAt: null,
  reportStatus: null,
  ...change,
});

export const report = (change: Partial<NewStatusReport> = {}): NewStatusReport => ({
  modem: 'modem',
  key: 'report-1',
  pdu: '0006D50B919761214365F7',
  messageReference: 213,
  recipient: '+79161234567',
  status: 0,
  dischargedAt: 4_000,
  receivedAt: 5_000,
  messageId: null,
  seq: null,
  ...change,
});

export const call = (change: Partial<NewCallRecord> = {}): NewCallRecord => ({
  call: 'call-1',
  modem: 'modem',
  caller: '+79161234567',
  withheld: false,
  startedAt: 1_000,
  storedAt: 1_001,
  endedAt: null,
  rings: 1,
  outcome: 'ringing',
  blocked: false,
  ...change,
});

export const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);
