import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SimloftError } from '../core/errors.ts';

/**
 * Which PINs have been tried on which cards. `remember` is called before a try and must outlive any crash; `forget` after
 * the card has accepted the PIN. So a wrong PIN is tried once in its life, restarts or not.
 */
export interface PinMemory {
  /** `card` is the ICCID; null for a card that does not tell it before its PIN. */
  tried(card: string | null, pin: string): boolean;
  /** @throws SimloftError `store_unavailable` when it cannot be kept; the PIN must not be tried then. */
  remember(card: string | null, pin: string): void;
  forget(card: string | null, pin: string): void;
}

interface Entry {
  /** A digest of the ICCID, so that the file tells nothing of the card. */
  readonly card: string;
  readonly salt: string;
  readonly hash: string;
}

/** Keeps it in `pin-memory.json` in the data directory, salted and hashed. */
export class FilePinMemory implements PinMemory {
  readonly #path: string;

  constructor(dataDirectory: string) {
    this.#path = join(dataDirectory, 'pin-memory.json');
  }

  tried(card: string | null, pin: string): boolean {
    return this.#read().some((entry) => matches(entry, card, pin));
  }

  remember(card: string | null, pin: string): void {
    if (this.tried(card, pin)) return;
    const salt = randomBytes(16).toString('hex');
    this.#write([...this.#read(), { card: digest(card), salt, hash: hashOf(pin, salt) }]);
  }

  forget(card: string | null, pin: string): void {
    this.#write(this.#read().filter((entry) => !matches(entry, card, pin)));
  }

  #read(): Entry[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw this.#failure('read', error);
    }
    try {
      const entries: unknown = JSON.parse(text);
      if (Array.isArray(entries) && entries.every(isEntry)) return entries;
    } catch (error) {
      throw this.#failure('understood', error);
    }
    throw this.#failure('understood');
  }

  /** Whole or not at all, and on the disk before it returns. */
  #write(entries: readonly Entry[]): void {
    const fresh = `${this.#path}.new`;
    try {
      const file = openSync(fresh, 'w', 0o600);
      try {
        writeSync(file, `${JSON.stringify(entries, null, 2)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(fresh, this.#path);
      syncDirectory(dirname(this.#path));
    } catch (error) {
      throw this.#failure('written', error);
    }
  }

  #failure(what: string, cause?: unknown): SimloftError {
    const text = `${this.#path} cannot be ${what}, so no PIN is tried: nobody would remember a wrong one.`;
    return new SimloftError('store_unavailable', text, { cause });
  }
}

/** The renaming is safe only when the directory is; Windows neither needs nor allows it. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  return ['card', 'salt', 'hash'].every(
    (key) => typeof Object.getOwnPropertyDescriptor(value, key)?.value === 'string',
  );
}

function matches({ card, salt, hash }: Entry, wantedCard: string | null, pin: string): boolean {
  const wanted = Buffer.from(hashOf(pin, salt));
  const known = Buffer.from(hash);
  return card === digest(wantedCard) && known.length === wanted.length && timingSafeEqual(known, wanted);
}

const digest = (card: string | null) =>
  createHash('sha256')
    .update(card ?? '')
    .digest('hex')
    .slice(0, 32);

/** A PIN has too few digits to be hidden from who holds the file; this keeps it from being read at a glance. */
const hashOf = (pin: string, salt: string) => scryptSync(pin, salt, 32, { N: 4_096 }).toString('hex');
