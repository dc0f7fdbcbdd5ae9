import { createHash } from 'node:crypto';
import type { KeyLimits, Scope } from '../../core/access.ts';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { AccessKey } from '../../store/access-records.ts';
import type { Store } from '../../store/store.ts';
import { readRecipient } from '../recipient.ts';
import { dayOf } from './quota.ts';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly limits: KeyLimits;
  /** Epoch ms; null for never. */
  readonly expiresAt: number | null;
}

export interface KeysOptions {
  readonly store: Pick<Store, 'accessKeys' | 'sentOn' | 'transaction'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Called after each change, so that it is heeded at once. */
  readonly changed?: () => void;
}

/** Access keys, as administrators see them. */
export interface Keys {
  /** All that may still be used, and those that may not any more. */
  list(): Promise<AccessKey[]>;
  /**
   * Makes a key. It is told here once and never again.
   * @throws SimloftError `key_exists`, `request_invalid`
   */
  add(wanted: NewKey): Promise<{ readonly key: string; readonly record: AccessKey }>;
  /** From now on it opens nothing. @throws SimloftError `not_found` */
  revoke(name: string): Promise<void>;
}

/** Access keys, where it is known what they have sent. */
export interface CountedKeys extends Keys {
  /** How many SMS each key that may send so many a day has sent today, in UTC; by id. */
  sentToday(keys: readonly AccessKey[]): Promise<ReadonlyMap<number, number>>;
}

/** Every key begins so: it is found in what was published by mistake, and nobody takes it for something else. */
const mark = 'smlf_';
const keyOctets = 32;
const hintLength = mark.length + 4;
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u;

/**
 * What a key is stored as. A plain hash is enough, and a slow one would only slow down each request: with 256 random bits in it
 * a key cannot be guessed from its hash, as a password could.
 */
export const hashOf = (key: string): string => createHash('sha256').update(key, 'utf8').digest('hex');

export function createKeys({ store, clock, changed = () => {} }: KeysOptions): CountedKeys {
  return {
    list: () => store.accessKeys(),
    async sentToday(keys) {
      const limited = keys.filter(({ limits }) => limits.dailyMessages !== null).map(({ id }) => id);
      const counted = await store.sentOn(dayOf(clock.now()), limited);
      return new Map([
        ...limited.map((id) => [id, 0] as const),
        ...counted.map(({ keyId, sent }) => [keyId, sent] as const),
      ]);
    },
    async add(wanted) {
      const limits = checked(wanted, clock.now());
      const key = `${mark}${Buffer.from(crypto.getRandomValues(new Uint8Array(keyOctets))).toString('base64url')}`;
      const record = {
        name: wanted.name,
        hash: hashOf(key),
        hint: key.slice(0, hintLength),
        scopes: wanted.scopes,
        limits,
        createdAt: clock.now(),
        expiresAt: wanted.expiresAt,
        lastUsedAt: null,
        revokedAt: null,
      };
      const id = await store.transaction(async (tx) => {
        if ((await tx.accessKeys()).some(({ name }) => same(name, wanted.name))) throw taken(wanted.name);
        return tx.addAccessKey(record);
      });
      changed();
      return { key, record: { ...record, id } };
    },
    async revoke(name) {
      await store.transaction(async (tx) => {
        const known = (await tx.accessKeys()).find((key) => same(key.name, name));
        if (known === undefined) throw new SimloftError('not_found', `There is no key called ${JSON.stringify(name)}.`);
        if (known.revokedAt === null) await tx.changeAccessKey(known.id, { revokedAt: clock.now() });
      });
      changed();
    },
  };
}

/** Names that people cannot tell apart are the same. */
const same = (a: string, b: string): boolean => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();

const taken = (name: string): SimloftError =>
  new SimloftError('key_exists', `There is a key called ${JSON.stringify(name)} already. Choose another name.`);

function checked({ name, scopes, limits, expiresAt }: NewKey, now: number): KeyLimits {
  if (!namePattern.test(name))
    throw wrong('name', name, '1 to 60 letters, digits, spaces or . _ @ -, beginning with a letter or a digit');
  if (scopes.length === 0) throw wrong('scopes', scopes, 'at least one of read, send, calls, admin');
  if (expiresAt !== null && expiresAt <= now)
    throw wrong('expires', new Date(expiresAt).toISOString(), 'in the future');
  return { ...limits, recipients: limits.recipients?.map(readRecipient) ?? null };
}

const wrong = (field: string, value: unknown, allowed: string): SimloftError =>
  new SimloftError(
    'request_invalid',
    `The field "${field}" cannot be ${JSON.stringify(value)}; it must be ${allowed}.`,
    {
      details: { field, value, allowed },
    },
  );
