import { chmodSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import { type DatabaseSync, lockFile } from './open.ts';

/** File systems whose locks and syncs cannot be relied on, by the magic number of statfs(2). */
const networkFileSystems: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
};

/** A data directory that is ours alone until it is released, or until this process ends in any way. */
export interface DataDirectory {
  readonly path: string;
  release(): void;
}

/**
 * Makes the directory (readable for this user only) and locks it.
 * @throws SimloftError `store_busy` when another gateway has it, `store_unsafe` on a network file system, `store_unavailable`.
 */
export function claimDataDirectory(directory: string, clock: Clock): DataDirectory {
  const path = resolve(directory);
  makeDirectory(path);
  refuseNetwork(path);
  const holderPath = join(path, 'gateway.json');
  const lock = lockFile(join(path, 'gateway.lock'));
  if (lock === null)
    throw new SimloftError(
      'store_busy',
      `${path} is in use${holderOf(holderPath)}. Stop that gateway, or give this one another DATA_DIR.`,
    );
  const holder = { pid: process.pid, host: hostname(), since: new Date(clock.now()).toISOString() };
  writeFileSync(holderPath, `${JSON.stringify(holder)}\n`);
  return { path, release: () => closeQuietly(lock) };
}

function makeDirectory(path: string): void {
  try {
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700);
  } catch (cause) {
    throw new SimloftError(
      'store_unavailable',
      `The data directory ${path} cannot be made. Give another one with DATA_DIR.`,
      { cause },
    );
  }
}

function refuseNetwork(path: string): void {
  const kind = networkFileSystems[statfsSync(path).type];
  if (kind === undefined) return;
  throw new SimloftError(
    'store_unsafe',
    `${path} is on ${kind}. A database there can lose messages, because locks over the network do not hold. Put DATA_DIR on a local disk.`,
  );
}

/** What the other gateway wrote of itself; best effort, for the message only. */
function holderOf(path: string): string {
  try {
    const { pid, host, since }: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
    return ` by the gateway with process id ${String(pid)} on ${String(host)} (since ${String(since)})`;
  } catch {
    return ' by another process';
  }
}

function closeQuietly(lock: DatabaseSync): void {
  if (lock.isOpen) lock.close();
}
