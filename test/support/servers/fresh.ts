import { inject } from 'vitest';
import { query } from './postgres.ts';

/** An empty database on the shared server, dropped by {@link dropDatabase}. */
export async function freshDatabase(): Promise<string> {
  const admin = inject('postgresUrl');
  const name = `simloft_${crypto.randomUUID().replaceAll('-', '')}`;
  await query(admin, `create database "${name}"`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(url: string): Promise<void> {
  await query(inject('postgresUrl'), `drop database if exists "${new URL(url).pathname.slice(1)}" with (force)`);
}
