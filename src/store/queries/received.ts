import { type Kysely, sql } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { Received } from '../records.ts';
import { fromNewInbound } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { addInbound, addInboundPart, peerOf } from './inbound.ts';
import { addSteps } from './journey.ts';
import { stamp, stampRow } from './state.ts';

type Db = Kysely<Schema>;

/** A message of one part with all its rows. */
export async function addReceived(db: Db, received: Received, { writesInWith }: Capabilities): Promise<number> {
  return writesInWith ? inOneStatement(db, received) : oneByOne(db, received);
}

async function oneByOne(db: Db, { message, part, steps, now }: Received): Promise<number> {
  const messageId = await addInbound(db, { ...message, storedAt: await stamp(db, now) });
  await addInboundPart(db, { ...part, messageId });
  await addSteps(
    db,
    steps.map((step) => ({ ...step, direction: 'in', messageId })),
  );
  return messageId;
}

/**
 * Who takes a stamp keeps all others who want one waiting until the transaction has ended, so that stamps become visible in their order.
 * Over a network each statement is a wait more for all modems together: hence one statement, and the peer before it.
 */
async function inOneStatement(db: Db, { message, part, steps, now }: Received): Promise<number> {
  const row = fromNewInbound({ ...message, storedAt: null }, await peerOf(db, message.sender));
  const messageId = sql<number>`(select id from message)`;
  const { id } = await db
    .with('stamped', (creator) => stampRow(creator, now))
    .with('message', (creator) =>
      creator
        .insertInto('inbound')
        .values({ ...row, storedAt: sql<number>`(select value from stamped)` })
        .returning('id'),
    )
    .with('part', (creator) => creator.insertInto('inboundPart').values({ ...part, messageId }))
    .with('way', (creator) =>
      creator.insertInto('step').values(steps.map((step) => ({ ...step, direction: 'in' as const, messageId }))),
    )
    .selectFrom('message')
    .select('id')
    .executeTakeFirstOrThrow();
  return id;
}
