import { chmodSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import { type DatabaseSync, lockFile, storeError } from './open.ts';

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
  const note = join(path, 'gateway.json');
  const lock = lockFile(join(path, 'gateway.lock'));
  if (lock === null) throw heldBy(path, note);
  leaveNote(note, clock);
  return { path, release: () => release(lock, note) };
}

function makeDirectory(path: string): void {
  try {
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700);
  } catch (cause) {
    const text = `The data directory ${path} cannot be made. Give another one with DATA_DIR.`;
    throw new SimloftError('store_unavailable', text, { cause });
  }
}

/** File systems whose locks and syncs cannot be relied on, by the magic number of statfs(2). */
const networkFileSystems: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
};

function refuseNetwork(path: string): void {
  let type: number;
  try {
    ({ type } = statfsSync(path));
  } catch (error) {
    throw storeError(error, path);
  }
  const kind = networkFileSystem(type);
  if (kind === null) return;
  const text = `${path} is on ${kind}. A database there can lose messages, because locks over the network do not hold. Put DATA_DIR on a local disk.`;
  throw new SimloftError('store_unsafe', text, { details: { fileSystem: kind } });
}

/** The name of the network file system with this number (`f_type` of statfs(2)); null for any other. */
export function networkFileSystem(type: number): string | null {
  return networkFileSystems[type] ?? null;
}

/** Who we are, for the one who finds the lock taken. Without room for it the lock holds all the same. */
function leaveNote(path: string, clock: Clock): void {
  const holder = { pid: process.pid, host: hostname(), since: new Date(clock.now()).toISOString() };
  try {
    writeFileSync(path, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch {
    rmSync(path, { force: true });
  }
}

function heldBy(path: string, note: string): SimloftError {
  const holder = readNote(note);
  const { pid, host, since } = holder;
  const who = pid === undefined ? 'another process' : `the gateway with process id ${pid} on ${host} (since ${since})`;
  const text = `${path} is in use by ${who}. Stop that one, or give this gateway another DATA_DIR.`;
  return new SimloftError('store_busy', text, { details: holder });
}

function readNote(path: string): { pid?: string; host?: string; since?: string } {
  try {
    const { pid, host, since }: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
    return { pid: String(pid), host: String(host), since: String(since) };
  } catch {
    return {};
  }
}

function release(lock: DatabaseSync, note: string): void {
  if (!lock.isOpen) return;
  rmSync(note, { force: true });
  lock.close();
}
