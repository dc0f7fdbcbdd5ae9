import { SimloftError } from '../../core/errors.ts';
import type { LiveNotice } from '../../core/live.ts';
import type { StoreTransaction } from '../../store/store.ts';
import { mayReach, mayUseModem, type Principal } from '../access/principal.ts';
import { changeAndTell } from '../feed.ts';
import { readRecipient } from '../recipient.ts';
import { queueMessage, type SendMessageOptions, type SendRequest } from '../send-message.ts';

export interface ManyRequest extends Omit<SendRequest, 'recipient'> {
  /** As people write numbers; each is sent to once. */
  readonly recipients: readonly string[];
}

/** What became of one of the recipients. */
export type Outcome =
  | { readonly to: string; readonly id: number }
  | { readonly to: string; readonly error: SimloftError };

interface Addressed {
  readonly to: string;
  /** In the form in which it is sent to; null where it is no number that can be. */
  readonly recipient: string | null;
  readonly error: SimloftError | null;
}

/**
 * Writes a message to each recipient, in one transaction: all that can be written are, or none. A recipient that is no number, or that
 * the caller may not write to, keeps the others from nothing.
 * @throws SimloftError as `sendMessage`, for what is wrong with the text; the error of the first recipient when none is left.
 */
export async function sendToMany(
  options: SendMessageOptions,
  request: ManyRequest,
  principal: Principal,
): Promise<Outcome[]> {
  const modem = request.modem ?? options.modem;
  if (!mayUseModem(principal, modem))
    throw new SimloftError('scope_missing', `"${principal.name}" may not use the modem ${JSON.stringify(modem)}.`);
  const addressed = request.recipients.map((to) => address(to, principal));
  const good = [...new Set(addressed.flatMap(({ recipient }) => (recipient === null ? [] : [recipient])))];
  if (good.length === 0) throw firstError(addressed);
  const { ids } = await changeAndTell(options, (tx) => queueAll(tx, request, { good, options, by: principal }));
  return addressed.map(({ to, recipient, error }): Outcome => {
    const id = recipient === null ? undefined : ids.get(recipient);
    return id === undefined ? { to, error: error ?? new SimloftError('internal') } : { to, id };
  });
}

interface Queueing {
  readonly good: readonly string[];
  readonly options: SendMessageOptions;
  readonly by: Principal;
}

async function queueAll(tx: StoreTransaction, request: ManyRequest, { good, options, by }: Queueing) {
  const { recipients: _, idempotencyKey, ...same } = request;
  const ids = new Map<string, number>();
  const notices: LiveNotice[] = [];
  if (idempotencyKey !== undefined) await refuseOtherList(tx, idempotencyKey, good.length);
  for (const [index, recipient] of good.entries()) {
    const key = idempotencyKey === undefined ? {} : { idempotencyKey: keyOf(idempotencyKey, index) };
    const queued = await queueMessage(tx, { ...same, ...key, recipient, by }, options);
    ids.set(recipient, queued.id);
    notices.push(...queued.notices);
  }
  return { ids, notices };
}

/** The key of the request for the first recipient; a header cannot hold the line break in those of the others. */
const keyOf = (key: string, index: number): string => (index === 0 ? key : `${key}\n${index}`);

/** The same recipients in the same order find their messages by their keys; a list that is longer or shorter is another one. */
async function refuseOtherList(tx: StoreTransaction, key: string, count: number): Promise<void> {
  if ((await tx.outgoingByIdempotencyKey(key)) === null) return;
  const last = await tx.outgoingByIdempotencyKey(keyOf(key, count - 1));
  const beyond = await tx.outgoingByIdempotencyKey(keyOf(key, count));
  if (last !== null && beyond === null) return;
  const text = 'This idempotency key belongs to a message to other recipients. Take a new key for each message.';
  throw new SimloftError('request_invalid', text, { details: { field: 'idempotencyKey' } });
}

function address(to: string, principal: Principal): Addressed {
  try {
    const recipient = readRecipient(to);
    if (mayReach(principal, recipient)) return { to, recipient, error: null };
    const text = `"${principal.name}" may not write to ${recipient}.`;
    return { to, recipient: null, error: new SimloftError('scope_missing', text, { details: { to } }) };
  } catch (error) {
    if (error instanceof SimloftError) return { to, recipient: null, error };
    throw error;
  }
}

const firstError = (addressed: readonly Addressed[]): SimloftError =>
  addressed.find(({ error }) => error !== null)?.error ??
  new SimloftError('request_invalid', 'There is nobody to send to: "to" is empty.', { details: { field: 'to' } });
