import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SimloftError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { adviceFor, commandOf, startTimeOf } from './port-holder.ts';

export interface PortLock {
  release(): Promise<void>;
}

export interface LockOptions {
  /** Folders for the lock file, the best first; the first one that can be written is taken. */
  readonly folders?: readonly string[];
}

/**
 * Marks a port as ours by a lock file as UUCP, minicom, pppd and gammu know it: `LCK..ttyUSB1` with the process id in ten columns. The
 * kernel's own ways do not suffice: TIOCEXCL does not stop root, and flock does not stop who does not ask. A file whose process is gone is taken over.
 * @param device a path without symbolic links
 * @throws SimloftError `port_busy`, saying who holds it
 */
export async function lockPort(device: string, { folders = lockFolders() }: LockOptions = {}): Promise<PortLock> {
  const name = `LCK..${device.replace(/^\/dev\//, '').replaceAll('/', '_')}`;
  for (const folder of folders) {
    const holder = await holderOf(join(folder, name));
    if (holder !== null) throw heldBy(device, holder);
  }
  for (const folder of folders) {
    const lock = await takeIn(folder, name, device);
    if (lock !== null) return lock;
  }
  const text = `No lock file for ${device} can be made: none of ${folders.join(', ')} can be written.`;
  throw new SimloftError('port_failed', text);
}

/** FHS 3.0 §5.9 puts locks of devices into /var/lock, which is /run/lock nowadays. Who may not write there, and macOS, use the last one. */
const lockFolders = (): readonly string[] => ['/run/lock', '/var/lock', join(tmpdir(), ownFolder)];
const ownFolder = 'simloft-locks';

/** Null when this folder cannot be used. */
async function takeIn(folder: string, name: string, device: string): Promise<PortLock | null> {
  const path = join(folder, name);
  const draft = join(folder, `.${name}.${newId()}`);
  // The others are the system's. This one must take the locks of every user, as /run/lock does.
  if (basename(folder) === ownFolder) await makeShared(folder);
  const mine = `${String(process.pid).padStart(10)} simloft ${(await startTimeOf(process.pid)) ?? ''}\n`;
  try {
    await writeFile(draft, mine, { flag: 'wx', mode: 0o644 });
  } catch {
    return null;
  }
  try {
    while (!(await linked(draft, path))) {
      const content = await contentOf(path);
      // Somebody has just removed it.
      if (content === null) continue;
      const holder = await holderIn(content);
      if (holder !== null) throw heldBy(device, holder);
      if (!(await removeStale(path, { content, draft, device }))) return null;
    }
    return { release: () => release(path, mine) };
  } finally {
    await rm(draft, { force: true });
  }
}

async function makeShared(folder: string): Promise<void> {
  await mkdir(folder).then(
    () => chmod(folder, 0o1777),
    () => undefined,
  );
}

/** A hard link either appears whole or not at all, however many try at once. */
async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw new SimloftError('port_failed', `The lock file ${path} cannot be made.`, { cause: thrown });
  }
}

interface StaleLock {
  /** What the dead one left in it. By now the file may hold the lock of somebody alive: only this very content is removed. */
  readonly content: string;
  readonly draft: string;
  readonly device: string;
}

/**
 * Removes a dead lock. Of many who see the same dead lock only one may do so, the one who makes the file of its heir: otherwise a late one would
 * remove the live lock of who was quicker. False when it belongs to another user and cannot be removed.
 */
async function removeStale(path: string, { content, draft, device }: StaleLock): Promise<boolean> {
  const heir = `${path}.heir-of-${content.trim().replaceAll(/\W+/g, '-')}`;
  if (!(await linked(draft, heir))) {
    const other = await holderOf(heir);
    if (other !== null) throw heldBy(device, other);
    await rm(heir, { force: true });
    return true;
  }
  try {
    if ((await contentOf(path)) === content) await rm(path, { force: true });
    return true;
  } catch {
    return false;
  } finally {
    await rm(heir, { force: true });
  }
}

async function release(path: string, mine: string): Promise<void> {
  if ((await contentOf(path)) === mine) await rm(path, { force: true });
}

interface Holder {
  readonly pid: number;
  readonly command: string;
}

/** Who holds the lock, or null when nobody does any more. */
async function holderOf(path: string): Promise<Holder | null> {
  const content = await contentOf(path);
  return content === null ? null : holderIn(content);
}

async function holderIn(content: string): Promise<Holder | null> {
  const match = /^\s*(\d+)(?: (simloft) (\d*))?/.exec(content);
  if (match === null) return null;
  const [, id, ours, began = ''] = match;
  const pid = Number(id);
  if (!isAlive(pid)) return null;
  if (ours === undefined) return { pid, command: await commandOf(pid) };
  // After a crash another process may have got the same id, in a container even regularly.
  const begins = await startTimeOf(pid);
  return began !== '' && begins !== null && begins !== began ? null : { pid, command: 'simloft' };
}

async function contentOf(path: string): Promise<string | null> {
  return readFile(path, 'latin1').catch(() => null);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

function heldBy(device: string, holder: Holder): SimloftError {
  const who = holder.command === 'simloft' ? 'another gateway' : holder.command;
  const text = `${device} is held by ${who} (process ${holder.pid}). ${adviceFor(holder)}`;
  return new SimloftError('port_busy', text, { details: { pid: holder.pid, command: holder.command } });
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
