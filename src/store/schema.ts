import type { Generated } from 'kysely';
import type { MessageState } from '../core/message-state.ts';
import type { AuditEntry } from './audit-records.ts';
import type { ClaimKind } from './claim-records.ts';
import type { CallRecord, InboundMessage } from './records.ts';
import type { LinkChange } from './link-records.ts';
import type { PasswordRecord, Session } from './session-records.ts';
import type { AboutKind, DeliveryState } from './webhook-records.ts';

/**
 * The tables as TypeScript sees them (columns are snake_case in SQL). Portable on purpose: times are integers (epoch ms),
 * flags are 0 or 1, structures are JSON in a text, so that SQLite and PostgreSQL share schema, migrations and queries.
 */
export interface Schema {
  peer: PeerTable;
  inbound: InboundTable;
  inboundPart: InboundPartTable;
  outgoing: OutgoingTable;
  outgoingPart: OutgoingPartTable;
  report: ReportTable;
  call: CallTable;
  reading: ReadingTable;
  modem: ModemTable;
  sim: SimTable;
  counter: CounterTable;
  workerRun: WorkerRunTable;
  schedule: ScheduleTable;
  step: StepTable;
  forgotten: ForgottenTable;
  feed: FeedTable;
  accessKey: AccessKeyTable;
  keyUsage: KeyUsageTable;
  linkChange: LinkChangeTable;
  session: SessionTable;
  password: PasswordTable;
  audit: AuditTable;
  claim: ClaimTable;
  contact: ContactTable;
  contactAddress: ContactAddressTable;
  listEntry: ListEntryTable;
  screening: ScreeningTable;
  readingPoint: ReadingPointTable;
  webhookTarget: WebhookTargetTable;
  webhookDelivery: WebhookDeliveryTable;
  webhookAttempt: WebhookAttemptTable;
  migration: MigrationTable;
}

/** Each address that ever wrote to us or was written to, once: what a search for a part of a sender goes through. */
export interface PeerTable {
  id: Generated<number>;
  address: string;
  /** The address in lower case, as Unicode has it. */
  search: string;
}

export interface InboundTable {
  id: Generated<number>;
  modem: string;
  sim: string | null;
  peerId: number;
  text: string | null;
  state: InboundMessage['state'];
  kind: string;
  storedAt: number | null;
  receivedAt: number;
  smscAt: number | null;
  smscOffset: number | null;
  slot: number;
  memory: string | null;
  duplicateOf: number | null;
  imported: number;
  setKey: string | null;
  partsTotal: number;
  decodeError: string | null;
  readAt: number | null;
  blocked: number;
  /** 1 where a one-time code was found; null where there is none, or nobody has looked. */
  holdsCode: Generated<number | null>;
  textRemovedAt: Generated<number | null>;
}

export interface InboundPartTable {
  id: Generated<number>;
  messageId: number;
  seq: number;
  key: string;
  pdu: string;
  tpduLength: number | null;
  memory: string | null;
  slot: number | null;
  receivedAt: number;
  smscAt: number | null;
}

export interface OutgoingTable {
  id: Generated<number>;
  modem: string;
  recipient: string;
  text: string;
  state: MessageState;
  createdAt: number;
  updatedAt: number;
  attempt: number;
  busyCount: number;
  nextAttemptAt: number;
  expiresAt: number;
  deliveryReport: number;
  flash: number;
  validFor: number | null;
  ifUnknown: 'stop' | 'resend';
  error: string | null;
  errorCode: string | null;
  sentAt: number | null;
  deliveredAt: number | null;
  idempotencyKey: string | null;
  resendOf: number | null;
  /** Until then it is in the hands of one scheduler; null when nobody has it. */
  claimedUntil: number | null;
  claimedBy: string | null;
  holdsCode: Generated<number | null>;
  textRemovedAt: Generated<number | null>;
}

export interface OutgoingPartTable {
  messageId: number;
  seq: number;
  pdu: string;
  tpduLength: number;
  state: MessageState;
  attempt: number;
  run: string | null;
  messageReference: number | null;
  sentAt: number | null;
  reportStatus: number | null;
}

export interface ReportTable {
  id: Generated<number>;
  modem: string;
  key: string;
  pdu: string;
  messageReference: number;
  recipient: string;
  status: number;
  dischargedAt: number | null;
  receivedAt: number;
  messageId: number | null;
  seq: number | null;
}

export interface CallTable {
  id: Generated<number>;
  call: string;
  modem: string;
  caller: string;
  withheld: number;
  startedAt: number;
  storedAt: number;
  endedAt: number | null;
  rings: number;
  outcome: CallRecord['outcome'];
  blocked: number;
}

export interface ReadingTable {
  modem: string;
  key: string;
  data: string;
  updatedAt: number;
}

export interface ModemTable {
  modem: string;
  port: string;
  state: string;
  reasonCode: string | null;
  reasonText: string | null;
  identity: string | null;
  updatedAt: number;
}

export interface SimTable {
  sim: string;
  knownAt: number;
}

export interface CounterTable {
  name: string;
  value: number;
}

export interface WorkerRunTable {
  modem: string;
  run: string;
  previous: string | null;
}

export interface ScheduleTable {
  name: string;
  firedAt: number;
}

export interface StepTable {
  id: Generated<number>;
  direction: 'in' | 'out';
  messageId: number;
  at: number;
  role: string;
  what: string;
  trace: string;
}

/** What was deleted, by the beginning of its key: should a modem hand it over again, it is no news. */
export interface ForgottenTable {
  key: string;
}

export interface AccessKeyTable {
  id: Generated<number>;
  name: string;
  hash: string;
  hint: string;
  /** Joined by commas. */
  scopes: string;
  /** JSON. */
  limits: string;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export interface KeyUsageTable {
  keyId: number;
  day: string;
  sent: number;
}

export interface LinkChangeTable extends Omit<LinkChange, 'id'> {
  id: Generated<number>;
}

export interface SessionTable extends Session {}

export interface PasswordTable extends PasswordRecord {
  name: string;
}

export interface AuditTable extends Omit<AuditEntry, 'id'> {
  id: Generated<number>;
}

export interface FeedTable {
  id: number;
  at: number;
  type: string;
  modem: string;
  row: number | null;
  detail: string | null;
}

export interface ClaimTable {
  kind: ClaimKind;
  rowId: number;
  claimedAt: number;
  claimedBy: string;
}

export interface ContactTable {
  id: Generated<number>;
  name: string;
  /** The name in lower case, as Unicode has it. */
  search: string;
  createdAt: number;
  updatedAt: number;
}

export interface ContactAddressTable {
  /** The address in lower case: it belongs to one contact. */
  search: string;
  address: string;
  contactId: number;
}

export interface ListEntryTable {
  id: Generated<number>;
  list: 'allow' | 'deny';
  pattern: string;
  search: string;
  note: string | null;
  createdAt: number;
}

export interface ScreeningTable {
  list: 'allow' | 'deny';
  active: number;
}

/** Readings of a while as their sum and number. */
export interface ReadingPointTable {
  modem: string;
  key: string;
  at: number;
  total: number;
  count: number;
}

export interface WebhookTargetTable {
  id: Generated<number>;
  name: string;
  url: string;
  secret: string;
  template: string;
  options: string;
  filters: string;
  allowInsecure: number;
  enabled: number;
  disabledWhy: string | null;
  afterEvent: number;
  createdAt: number;
}

export interface WebhookDeliveryTable {
  id: Generated<number>;
  targetId: number;
  eventId: number | null;
  event: string;
  conversation: string;
  state: DeliveryState;
  attempt: number;
  nextAttemptAt: number;
  expiresAt: number;
  createdAt: number;
  deliveredAt: number | null;
  error: string | null;
  unreachable: number;
  claimedUntil: number | null;
  claimedBy: string | null;
  /** The row that it is about; null for a modem or a test. */
  aboutKind: AboutKind | null;
  aboutRow: number | null;
}

export interface WebhookAttemptTable {
  id: Generated<number>;
  deliveryId: number;
  at: number;
  ms: number;
  status: number | null;
  answer: string | null;
  error: string | null;
}

export interface MigrationTable {
  name: string;
  appliedAt: number;
}
