import type { FindCode, FoundCode } from '../../codes/find-code.ts';
import { loadFindCode } from '../../codes/load.ts';
import type { FeedEvent } from '../../store/feed-records.ts';
import type { InboundMessage } from '../../store/records.ts';
import type { StoreReads } from '../../store/store.ts';
import type { ShownCall } from '../calls-resource.ts';
import { type MessageRef, type ShownListed, shownOf } from '../messages/read-messages.ts';
import type { ShownModem } from '../modems/modems.ts';
import type { LiveEvent, LiveSubject } from './live-event.ts';

/** Puts to each event its row as it is now, few questions for all of them. What nobody is told of is left out. */
export async function loadEvents(store: StoreReads, events: readonly FeedEvent[]): Promise<LiveEvent[]> {
  const [messages, calls, modems] = await Promise.all([
    messagesOf(store, events),
    callsOf(store, events),
    modemsOf(store, events),
  ]);
  const findCode = await loadFindCode();
  return events.flatMap((event) => {
    const subject = subjectOf(event, { messages, calls, modems, findCode });
    if (subject === null) return [];
    const { id, type, modem, row } = event;
    return [{ id, type, modem, row, subject }];
  });
}

interface Loaded {
  readonly messages: ReadonlyMap<string, ShownListed>;
  readonly calls: ReadonlyMap<number, ShownCall>;
  readonly modems: ReadonlyMap<string, ShownModem>;
  readonly findCode: FindCode;
}

/** Null for what is kept, and nobody is told of. */
function subjectOf(event: FeedEvent, { messages, calls, modems, findCode }: Loaded): LiveSubject | null {
  const ref = refOf(event);
  if (ref !== null) {
    const shown = messages.get(nameOf(ref));
    if (shown === undefined) return { kind: 'gone' };
    return shown.direction === 'in' && isKeptBack(shown.message)
      ? null
      : { kind: 'message', shown, code: codeOf(shown, findCode) };
  }
  if (event.type === 'call.changed') {
    const call = event.row === null ? undefined : calls.get(event.row);
    if (call === undefined) return { kind: 'gone' };
    return call.blocked ? null : { kind: 'call', call };
  }
  const modem = modems.get(event.modem);
  return modem === undefined ? { kind: 'gone' } : { kind: 'modem', modem };
}

function codeOf({ direction, message }: ShownListed, findCode: FindCode): () => FoundCode | null {
  if (direction === 'out' || message.text === null) return () => null;
  const { text, sender } = message;
  let found: FoundCode | null | undefined;
  return () => {
    if (found === undefined) found = findCode(text, { sender });
    return found;
  };
}

const isKeptBack = ({ blocked, duplicateOf, state }: InboundMessage): boolean =>
  blocked || duplicateOf !== null || state === 'hidden' || state === 'pending';

/** The message that an event is about; null for a call or a modem. */
export function refOf({ type, row }: Pick<FeedEvent, 'type' | 'row'>): MessageRef | null {
  if (row === null || type === 'call.changed' || type === 'modem.changed') return null;
  return { direction: type === 'message.changed' ? 'out' : 'in', id: row };
}

const nameOf = ({ direction, id }: MessageRef): string => `${direction}-${id}`;

async function messagesOf(store: StoreReads, events: readonly FeedEvent[]): Promise<Loaded['messages']> {
  const refs = new Map<string, MessageRef>();
  for (const event of events) {
    const ref = refOf(event);
    if (ref !== null) refs.set(nameOf(ref), ref);
  }
  if (refs.size === 0) return new Map();
  const found = await shownOf(store, await store.messagesAt([...refs.values()]));
  return new Map(found.map((shown) => [nameOf({ direction: shown.direction, id: shown.message.id }), shown]));
}

async function callsOf(store: StoreReads, events: readonly FeedEvent[]): Promise<Loaded['calls']> {
  const rows = new Set(events.flatMap(({ type, row }) => (type === 'call.changed' && row !== null ? [row] : [])));
  if (rows.size === 0) return new Map();
  const found = (await Promise.all([...rows].map((row) => store.callRow(row)))).filter((call) => call !== null);
  const names = await store.contactNames(found.map(({ caller }) => caller));
  return new Map(found.map((call) => [call.id, { ...call, contact: names.get(call.caller.toLowerCase()) ?? null }]));
}

async function modemsOf(store: StoreReads, events: readonly FeedEvent[]): Promise<Loaded['modems']> {
  const wanted = new Set(events.filter(({ type }) => type === 'modem.changed').map(({ modem }) => modem));
  if (wanted.size === 0) return new Map();
  const records = (await store.modems()).filter(({ modem }) => wanted.has(modem));
  const shown = records.map(
    async (record) => [record.modem, { record, readings: await store.readings(record.modem) }] as const,
  );
  return new Map(await Promise.all(shown));
}
