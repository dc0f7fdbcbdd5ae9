import { Pool } from 'pg';
import { withNull } from './null-character.ts';

export interface PoolOptions {
  readonly url: string;
  /** How many connections at most. */
  readonly size: number;
  /** How long making one may take, ms. */
  readonly connectMs: number;
  /** How long a statement may take, ms; 0 for as long as it wants. */
  readonly answerMs: number;
}

/** OIDs of the types whose values are not what we want (pg_type.dat). */
const int8 = 20;
const texts = [25, 1043];

/** Connections that are made when they are needed and kept for a while; integers are numbers in them, and texts hold U+0000. */
export function newPool({ url, size, connectMs, answerMs }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: connectMs,
    ...(answerMs === 0 ? {} : { query_timeout: answerMs }),
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: 'simloft',
  });
  pool.on('connect', (client) => {
    client.setTypeParser(int8, 'text', Number);
    for (const oid of texts) client.setTypeParser(oid, 'text', withNull);
    // Node ends the process for an error that nobody listens for.
    client.on('error', () => {});
  });
  return pool;
}

export type { Pool, PoolClient } from 'pg';
