import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../until.ts';
import { requireProgram } from './install.ts';
import { freePort, PrivateProcess, run, serverFolder, serverUser } from './private-process.ts';

/** A PostgreSQL server of our own, which a test may kill, freeze and start again. */
export interface PostgresServer {
  /** Of the superuser, for the database `postgres`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Makes an empty database and says its URL. */
  createDatabase(name: string): Promise<string>;
  start(): Promise<void>;
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** @param durable false for tests that make many databases and never kill it: nothing is synced to the disk. */
export async function startPostgres({ durable = true } = {}): Promise<PostgresServer> {
  const programs = findPrograms();
  const user = serverUser('postgres');
  const folder = serverFolder('postgres', user);
  const data = join(folder, 'data');
  const port = await freePort();
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    env,
    ...user,
  });
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 200,
    shared_buffers: '64MB',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  let server: PrivateProcess | null = null;
  const start = async () => {
    server = new PrivateProcess(join(programs, 'postgres'), args, { env, log: join(folder, 'log'), ...user });
    await until('PostgreSQL to answer', () => answers(url('postgres')), 60_000);
  };
  await start();
  return {
    url: url('postgres'),
    port,
    get pid() {
      return server?.pid ?? 0;
    },
    async createDatabase(name) {
      await query(url('postgres'), `create database "${name}"`);
      return url(name);
    },
    start,
    kill: async () => server?.end('SIGKILL'),
    signal: (signal) => server?.signal(signal),
    async stop() {
      await server?.end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps each major version in a folder of its own, off the path. */
function findPrograms(): string {
  return requireProgram({
    name: 'PostgreSQL',
    packages: ['postgresql'],
    find() {
      const base = '/usr/lib/postgresql';
      const versions = existsSync(base) ? readdirSync(base).toSorted((a, b) => Number(b) - Number(a)) : [];
      const folders = [
        ...versions.map((version) => join(base, version, 'bin')),
        ...(process.env['PATH'] ?? '').split(':'),
      ];
      return (
        folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null
      );
    },
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await query(url, 'select 1');
    return true;
  } catch {
    return false;
  }
}

/** One statement on a connection of its own. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}
