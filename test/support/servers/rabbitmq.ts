import { once } from 'node:events';
import { chownSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../until.ts';
import { requireProgram } from './install.ts';
import { freePort, PrivateProcess, run, serverFolder, serverUser } from './private-process.ts';

/** A RabbitMQ of our own, which a test may kill, freeze, purge and start again. */
export interface RabbitServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Makes an empty virtual host and says its URL. */
  createVhost(name: string): Promise<string>;
  /** The same of several at once, which takes no longer than one. */
  createVhosts(names: readonly string[]): Promise<string[]>;
  /** Runs `rabbitmqctl` and says what it printed. */
  control(...args: string[]): Promise<string>;
  start(): Promise<void>;
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

const nodeName = 'simloft-test@localhost';

export async function startRabbit(): Promise<RabbitServer> {
  const scripts = findScripts();
  const user = serverUser('rabbitmq');
  const folder = serverFolder('rabbitmq', user);
  const [port, distPort, epmdPort] = [await freePort(), await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'],
    LC_ALL: 'C.UTF-8',
    HOME: folder,
    RABBITMQ_NODENAME: nodeName,
    RABBITMQ_BASE: folder,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'none'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_DIST_PORT: String(distPort),
    ERL_EPMD_PORT: String(epmdPort),
    // Without it the schedulers of an idle node keep a core of the test machine warm.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+sbwt none +sbwtdcpu none +sbwtdio none +S 2:2',
  };
  writeFileSync(join(folder, 'plugins'), '[].\n');
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    [
      `listeners.tcp.1 = 127.0.0.1:${port}`,
      'disk_free_limit.absolute = 50MB',
      'log.console = false',
      'vm_memory_high_watermark.absolute = 1GB',
    ].join('\n'),
  );
  const { uid, gid } = user;
  if (uid !== undefined && gid !== undefined)
    for (const file of ['plugins', 'rabbitmq.conf']) chownSync(join(folder, file), uid, gid);
  const url = (vhost: string) => `amqp://guest:guest@127.0.0.1:${port}/${encodeURIComponent(vhost)}`;
  const control = (...args: string[]) =>
    run(join(scripts, 'rabbitmqctl'), ['-n', nodeName, '-q', ...args], { env, ...user });
  let server: PrivateProcess | null = null;
  const start = async () => {
    server = new PrivateProcess(join(scripts, 'rabbitmq-server'), [], { env, log: join(folder, 'output'), ...user });
    await until('RabbitMQ to answer', () => answers(port), 120_000);
  };
  await start();
  return {
    url: url('/'),
    port,
    get pid() {
      return server?.pid ?? 0;
    },
    async createVhost(name) {
      await control('add_vhost', name);
      await control('set_permissions', '-p', name, 'guest', '.*', '.*', '.*');
      return url(name);
    },
    async createVhosts(names) {
      const list = names.map((name) => `<<"${name}">>`).join(', ');
      const all = '<<".*">>';
      const make = `rabbit_vhost:add(Name, <<"test">>), rabbit_auth_backend_internal:set_permissions(<<"guest">>, Name, ${all}, ${all}, ${all}, <<"test">>)`;
      await control('eval', `[begin ${make} end || Name <- [${list}]].`);
      return names.map(url);
    },
    control,
    start,
    kill: async () => server?.end('SIGKILL'),
    signal: (signal) => server?.signal(signal),
    async stop() {
      await server?.end('SIGKILL');
      try {
        await run('epmd', ['-port', String(epmdPort), '-kill'], { env });
      } catch {
        // It ended with the server.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The scripts themselves: Debian's wrappers insist on its own user and folders. */
function findScripts(): string {
  return requireProgram({
    name: 'RabbitMQ',
    packages: ['rabbitmq-server'],
    find() {
      const base = '/usr/lib/rabbitmq/lib';
      const versions = existsSync(base) ? readdirSync(base) : [];
      const folders = versions.map((version) => join(base, version, 'sbin'));
      return folders.find((folder) => existsSync(join(folder, 'rabbitmq-server'))) ?? null;
    },
  });
}

/** Whether it greets one who says the header of the protocol (AMQP 0-9-1 §4.2.2): before that it cannot be used yet. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write(Uint8Array.of(0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1));
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
