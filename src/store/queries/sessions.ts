import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { PasswordRecord, Session } from '../session-records.ts';

type Db = Kysely<Schema>;

/** The only password there is so far. */
const owner = 'owner';

export async function session(db: Db, hash: string): Promise<Session | null> {
  const [found] = await db.selectFrom('session').selectAll().where('hash', '=', hash).execute();
  return found ?? null;
}

export async function addSession(db: Db, added: Session): Promise<void> {
  await db.insertInto('session').values(added).execute();
}

export async function extendSession(db: Db, hash: string, expiresAt: number): Promise<void> {
  await db.updateTable('session').set({ expiresAt }).where('hash', '=', hash).execute();
}

export async function deleteSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', hash).execute();
}

export async function deletePasswordSessions(db: Db): Promise<void> {
  await db.deleteFrom('session').where('keyId', 'is', null).execute();
}

export async function pruneSessions(db: Db, before: number): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<', before).execute();
}

export async function password(db: Db): Promise<PasswordRecord | null> {
  const [found] = await db.selectFrom('password').select(['hash', 'changedAt']).where('name', '=', owner).execute();
  return found ?? null;
}

export async function setPassword(db: Db, record: PasswordRecord | null): Promise<void> {
  await db.deleteFrom('password').where('name', '=', owner).execute();
  if (record !== null) {
    await db
      .insertInto('password')
      .values({ name: owner, ...record })
      .execute();
  }
}
