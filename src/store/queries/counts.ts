import type { Kysely } from 'kysely';
import type { MessageState } from '../../core/message-state.ts';
import type { InboundMessage } from '../records.ts';
import type { Schema } from '../schema.ts';
import type { MessageCounts } from '../store.ts';
import { one } from './one.ts';

type Db = Kysely<Schema>;

/**
 * State by state, each along its own index and no further than `most`: a group over a million rows would hold up whatever else
 * wants the one connection for 50 ms, this takes 2 ms for each state that has 50,000.
 */
export async function counts(db: Db, most: number): Promise<MessageCounts> {
  const received = (state: InboundMessage['state']) => countReceived(db, state, most);
  const toSend = (state: MessageState) => countOutgoing(db, state, most);
  return {
    inbound: {
      pending: await received('pending'),
      partial: await received('partial'),
      complete: await received('complete'),
      undecodable: await received('undecodable'),
      hidden: await received('hidden'),
    },
    outgoing: {
      queued: await toSend('queued'),
      sending: await toSend('sending'),
      sent: await toSend('sent'),
      delivered: await toSend('delivered'),
      undelivered: await toSend('undelivered'),
      unknown: await toSend('unknown'),
      failed: await toSend('failed'),
      expired: await toSend('expired'),
      canceled: await toSend('canceled'),
    },
    oldestQueuedAt: await oldestQueuedAt(db),
    newestStoredAt: await newestStoredAt(db),
  };
}

async function countReceived(db: Db, state: InboundMessage['state'], most: number): Promise<number> {
  const some = db.selectFrom('inbound').select('state').where('state', '=', state).limit(most);
  const rows = await db
    .selectFrom(some.as('some'))
    .select((is) => is.fn.countAll().as('number'))
    .execute();
  return one(rows, ({ number }) => Number(number)) ?? 0;
}

async function countOutgoing(db: Db, state: MessageState, most: number): Promise<number> {
  const some = db.selectFrom('outgoing').select('state').where('state', '=', state).limit(most);
  const rows = await db
    .selectFrom(some.as('some'))
    .select((is) => is.fn.countAll().as('number'))
    .execute();
  return one(rows, ({ number }) => Number(number)) ?? 0;
}

async function oldestQueuedAt(db: Db): Promise<number | null> {
  const first = db.selectFrom('outgoing').select('createdAt').where('state', '=', 'queued').orderBy('id').limit(1);
  return one(await first.execute(), ({ createdAt }) => createdAt);
}

async function newestStoredAt(db: Db): Promise<number | null> {
  const last = db
    .selectFrom('inbound')
    .select('storedAt')
    .where('storedAt', 'is not', null)
    .orderBy('storedAt', 'desc')
    .limit(1);
  return one(await last.execute(), ({ storedAt }) => storedAt);
}
