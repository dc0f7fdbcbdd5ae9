import { type Kysely, sql } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { Address } from './address.ts';

/** What a server says of itself. */
export interface ServerFacts {
  /** Major version times 10,000 and the minor one: 150004. */
  readonly version: number;
  readonly encoding: string;
  readonly readOnly: boolean;
  /** Settings without which an acknowledged row may be lost with the power, that are off. */
  readonly unsafe: readonly string[];
}

const oldest = 13;

export async function readServerFacts<Tables>(db: Kysely<Tables>): Promise<ServerFacts> {
  const { rows } = await sql<{ version: number; encoding: string; recovering: number; unsafe: string }>`
    select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery()::int as recovering,
      (select coalesce(string_agg(name, ', ' order by name), '') from pg_settings
        where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off') as unsafe`.execute(db);
  const [row] = rows;
  return {
    version: row?.version ?? 0,
    encoding: row?.encoding ?? '',
    readOnly: row?.recovering === 1,
    unsafe: row?.unsafe.split(', ').filter((name) => name !== '') ?? [],
  };
}

/**
 * Refuses a server that cannot hold the store, and warns of one that may lose what it acknowledged.
 * @throws SimloftError `store_unsafe`
 */
export function requireSound(facts: ServerFacts, { where, database }: Address, log: Logger): void {
  const { version, encoding, readOnly, unsafe } = facts;
  const major = Math.floor(version / 10_000);
  if (major < oldest) {
    const text = `The server at ${where} is PostgreSQL ${major}, and ${oldest} is the oldest one that works. Upgrade it, or give DATABASE_URL another one.`;
    throw new SimloftError('store_unsafe', text, { details: { version } });
  }
  if (encoding !== 'UTF8') {
    const text = `The database ${database} at ${where} keeps texts as ${encoding}, which has not all characters. Make one with createdb --encoding=UTF8 --template=template0.`;
    throw new SimloftError('store_unsafe', text, { details: { encoding } });
  }
  if (readOnly) {
    const text = `The server at ${where} is a standby, which may only be read. Give DATABASE_URL the main server.`;
    throw new SimloftError('store_unsafe', text);
  }
  if (unsafe.length > 0) {
    const text = `The server at ${where} may lose messages when its power fails: ${unsafe.join(' and ')} off. Turn on what is off.`;
    log.warn({ settings: unsafe }, text);
  }
}
