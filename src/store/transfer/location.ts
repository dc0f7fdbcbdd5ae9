import { SimloftError } from '../../core/errors.ts';
import { readAddress } from '../postgres/address.ts';

/** Where a store is: a data directory (or one database file, to read from), or a PostgreSQL database. */
export type Location =
  | { readonly kind: 'files'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/**
 * Reads what a person gives as a place: a path, or `postgres://user:password@host/database`.
 * @throws SimloftError `usage` for an address of another kind
 */
export function readLocation(words: string): Location {
  if (/^postgres(?:ql)?:/i.test(words)) return readUrl(words);
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(words)?.[1];
  if (words === '' || scheme !== undefined) {
    const given = scheme === undefined ? 'An empty place' : `An address that begins with ${scheme}://`;
    throw new SimloftError('usage', `${given} is no store. Give a data directory or postgres://user@host/database.`);
  }
  return { kind: 'files', path: words };
}

/** Nothing of an address that cannot be read is shown: any part of it may be the password. */
function readUrl(url: string): Location {
  if (URL.canParse(url)) return { kind: 'postgres', url };
  const text =
    'The address of the database is not written as postgres://user:password@host:5432/database. In a password, write %40 for @, %2F for / and %3A for a colon.';
  throw new SimloftError('usage', text);
}

/** The place for messages: without password and without the parameters, which can hold one too. */
export function nameOf(location: Location): string {
  if (location.kind === 'files') return location.path;
  const { user, where, database } = readAddress(location.url);
  return `postgres://${user === '' ? '' : `${user}@`}${where}/${database}`;
}
