import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { startRabbit } from './rabbitmq.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of a PostgreSQL server that all tests share; each makes a database of its own. */
    postgresUrl: string;
    /** URL of a RabbitMQ that all tests share; each names its exchanges and queues by a prefix of its own. */
    rabbitUrl: string;
    /** URLs of virtual hosts of that RabbitMQ for whole installations, by the name of the test; none on a server that was given. */
    rabbitVhosts: Readonly<Record<string, string>>;
  }
}

/** Tests that kill no server share one: each start of RabbitMQ takes five seconds of a processor. */
const sharedVhosts = ['roles', 'webhooks', 'two-processes', 'one-server'];

/**
 * Brings up the servers that `*.server.test.ts` share. Servers whose URLs are in the environment (`TEST_DATABASE_URL`,
 * `TEST_AMQP_URL`) are taken instead. A test that kills its server starts one of its own.
 */
// oxlint-disable-next-line import/no-default-export -- Vitest loads a global set-up by its default export.
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL: databaseUrl, TEST_AMQP_URL: amqpUrl } = process.env;
  const [postgres, rabbit] = await Promise.all([
    databaseUrl === undefined ? startPostgres({ durable: false }) : null,
    amqpUrl === undefined ? startRabbit() : null,
  ]);
  project.provide('postgresUrl', databaseUrl ?? postgres?.url ?? '');
  project.provide('rabbitUrl', amqpUrl ?? rabbit?.url ?? '');
  const vhosts = (await rabbit?.createVhosts(sharedVhosts)) ?? [];
  project.provide('rabbitVhosts', Object.fromEntries(sharedVhosts.map((name, index) => [name, vhosts[index] ?? ''])));
  return async () => {
    await Promise.all([postgres?.stop(), rabbit?.stop()]);
  };
}
