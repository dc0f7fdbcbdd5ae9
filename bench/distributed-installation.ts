import { join } from 'node:path';
import { type RoleName, RoleProcess } from '../test/support/role-process.ts';
import { type PostgresServer, startPostgres } from '../test/support/servers/postgres.ts';
import { type RabbitServer, startRabbit } from '../test/support/servers/rabbitmq.ts';

export interface InstallationOptions {
  /** Where the roles keep what they keep. */
  readonly folder: string;
  /** MODEM_PORT of all modems. */
  readonly ports: readonly string[];
  readonly workers: number;
  readonly handlers: number;
}

const roomForListeners = 50;

/** Every role as a process, on servers of its own that keep what they acknowledge. The wires are straight, unlike those of the tests. */
export class Installation {
  readonly postgres: PostgresServer;
  readonly rabbit: RabbitServer;
  readonly databaseUrl: string;
  readonly roles: readonly RoleProcess[];

  private constructor(
    servers: Pick<Installation, 'postgres' | 'rabbit' | 'databaseUrl'>,
    roles: readonly RoleProcess[],
  ) {
    this.postgres = servers.postgres;
    this.rabbit = servers.rabbit;
    this.databaseUrl = servers.databaseUrl;
    this.roles = roles;
  }

  static async start({ folder, ports, workers, handlers }: InstallationOptions): Promise<Installation> {
    // Each process that is started has a listener for the end of this one.
    process.setMaxListeners(roomForListeners);
    const [postgres, rabbit] = await Promise.all([startPostgres(), startRabbit()]);
    const databaseUrl = await postgres.createDatabase('simloft');
    const role = (name: RoleName, env: Readonly<Record<string, string>>, directory: string = name) => {
      const common = { DATA_DIR: join(folder, directory), AMQP_URL: rabbit.url, LOG_LEVEL: 'warn' };
      return new RoleProcess(name, { ...common, ...(name === 'worker' ? {} : { DATABASE_URL: databaseUrl }), ...env });
    };
    const modems = ports.map((port, index) => ({ port, name: `modem-${index}` }));
    const roles = [
      ...Array.from({ length: handlers }, () => role('handler', {})),
      role('scheduler', {}),
      role('api', { MODEM_NAME: 'modem-0' }),
      ...Array.from({ length: workers }, (_, worker) => {
        const its = modems.filter((_modem, index) => index % workers === worker);
        const MODEM_NAME = its.map(({ name }) => name).join(',');
        return role('worker', { MODEM_NAME, MODEM_PORT: its.map(({ port }) => port).join(',') }, `worker-${worker}`);
      }),
    ];
    const installation = new Installation({ postgres, rabbit, databaseUrl }, roles);
    // One after the other: on a small machine they would be in each other's way.
    for (const process of roles) await process.start();
    return installation;
  }

  get api(): RoleProcess {
    const [api] = this.#of('api');
    if (api === undefined) throw new Error('there is no API');
    return api;
  }

  /** Process ids by what they do. */
  get groups(): Map<string, number[]> {
    const pids = (name: RoleName) => this.#of(name).map(({ pid }) => pid);
    return new Map([
      [`${pids('worker').length} workers`, pids('worker')],
      [`${pids('handler').length} handlers`, pids('handler')],
      ['scheduler', pids('scheduler')],
      ['API', pids('api')],
      ['RabbitMQ', [this.rabbit.pid]],
      ['PostgreSQL', [this.postgres.pid]],
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.roles.map((role) => role.end('SIGTERM')));
    await Promise.all([this.rabbit.stop(), this.postgres.stop()]);
  }

  #of(name: RoleName): RoleProcess[] {
    return this.roles.filter(({ role }) => role === name);
  }
}
