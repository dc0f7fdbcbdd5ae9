import { join } from 'node:path';
import { temporaryFolder } from './gateway-process.ts';
import { type RoleName, RoleProcess } from './role-process.ts';
import { type PostgresServer, startPostgres } from './servers/postgres.ts';
import { type Proxy, startProxy } from './servers/proxy.ts';
import { type RabbitServer, startRabbit } from './servers/rabbitmq.ts';
import { sharedServers } from './servers/shared.ts';

async function ownServers() {
  const [postgres, rabbit] = await Promise.all([startPostgres(), startRabbit()]);
  return { postgres, rabbit, databaseUrl: await postgres.createDatabase('simloft') };
}

/** A role with its wires to the servers, which can be cut. */
export interface WiredRole {
  readonly process: RoleProcess;
  readonly wires: { readonly rabbit: Proxy; readonly postgres: Proxy };
}

export interface StackOptions {
  /** MODEM_PORT of each worker, by the name of its modem. */
  readonly modems: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** On the servers that all tests share, under this name; a test that kills one leaves it out. */
  readonly shared?: string;
}

/** A whole installation: RabbitMQ, PostgreSQL, and each role as a process. */
export class Stack {
  readonly postgres: PostgresServer;
  readonly rabbit: RabbitServer;
  readonly databaseUrl: string;
  readonly roles = new Map<string, WiredRole>();
  readonly #folder = temporaryFolder();
  readonly #env: Readonly<Record<string, string>>;

  private constructor(
    servers: { postgres: PostgresServer; rabbit: RabbitServer },
    databaseUrl: string,
    env: Record<string, string>,
  ) {
    this.postgres = servers.postgres;
    this.rabbit = servers.rabbit;
    this.databaseUrl = databaseUrl;
    this.#env = env;
  }

  /** Starts the servers, and a worker for each modem, a handler, a scheduler and an API. */
  static async start({ modems, env = {}, shared }: StackOptions): Promise<Stack> {
    const { databaseUrl, ...servers } =
      (shared === undefined ? null : await sharedServers(shared)) ?? (await ownServers());
    const stack = new Stack(servers, databaseUrl, env);
    await Promise.all([
      ...Object.entries(modems).map(([modem, port]) =>
        stack.add(`worker ${modem}`, 'worker', { MODEM_NAME: modem, MODEM_PORT: port }),
      ),
      stack.add('handler', 'handler'),
      stack.add('scheduler', 'scheduler'),
      stack.add('api', 'api', { MODEM_NAME: Object.keys(modems)[0] ?? 'modem' }),
    ]);
    return stack;
  }

  get api(): RoleProcess {
    return this.role('api').process;
  }

  role(name: string): WiredRole {
    const role = this.roles.get(name);
    if (role === undefined) throw new Error(`there is no role ${name}`);
    return role;
  }

  /** Starts a further process. */
  async add(name: string, role: RoleName, env: Readonly<Record<string, string>> = {}): Promise<RoleProcess> {
    const [rabbit, postgres] = [await startProxy(this.rabbit.port), await startProxy(this.postgres.port)];
    const servers = {
      AMQP_URL: rabbit.url(this.rabbit.url),
      ...(role === 'worker' ? {} : { DATABASE_URL: postgres.url(this.databaseUrl) }),
    };
    const dataDir = join(this.#folder.path, name.replaceAll(' ', '-'));
    const process = new RoleProcess(role, { DATA_DIR: dataDir, ...servers, ...this.#env, ...env });
    this.roles.set(name, { process, wires: { rabbit, postgres } });
    await process.start();
    return process;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.roles.values()].map(({ process }) => process.end('SIGTERM')));
    await Promise.all([...this.roles.values()].flatMap(({ wires }) => [wires.rabbit.close(), wires.postgres.close()]));
    await Promise.all([this.rabbit.stop(), this.postgres.stop()]);
    this.#folder[Symbol.dispose]();
  }
}
