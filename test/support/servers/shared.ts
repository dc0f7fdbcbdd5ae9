import { inject } from 'vitest';
import { dropDatabase, freshDatabase } from './fresh.ts';
import type { PostgresServer } from './postgres.ts';
import type { RabbitServer } from './rabbitmq.ts';

/** Servers that others use as well: a database and a virtual host of one's own on them. They may not be killed. Null where none were made. */
export async function sharedServers(
  name: string,
): Promise<{ postgres: PostgresServer; rabbit: RabbitServer; databaseUrl: string } | null> {
  const url = inject('rabbitVhosts')[name] ?? '';
  if (url === '') return null;
  const refuse = (): never => {
    throw new Error('This server is shared: a test that does this to it starts one of its own.');
  };
  const kept = { pid: 0, start: refuse, kill: refuse, signal: refuse };
  const databaseUrl = await freshDatabase();
  return {
    postgres: {
      ...kept,
      url: databaseUrl,
      port: Number(new URL(databaseUrl).port),
      createDatabase: refuse,
      stop: () => dropDatabase(databaseUrl),
    },
    rabbit: {
      ...kept,
      url,
      port: Number(new URL(url).port),
      createVhost: refuse,
      createVhosts: refuse,
      control: refuse,
      stop: async () => {},
    },
    databaseUrl,
  };
}
