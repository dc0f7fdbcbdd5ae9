import { SimloftError } from '../../core/errors.ts';

/** Where a store is: a data directory (or one database file, to read from), or a PostgreSQL database. */
export type Location =
  | { readonly kind: 'files'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/**
 * Reads what a person gives as a place: a path, or `postgres://user:password@host/database`.
 * @throws SimloftError `usage` for an address of another kind
 */
export function readLocation(words: string): Location {
  if (/^postgres(?:ql)?:/i.test(words)) return { kind: 'postgres', url: words };
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(words)?.[1];
  if (words === '' || scheme !== undefined) {
    const given = scheme === undefined ? 'An empty place' : `An address that begins with ${scheme}://`;
    throw new SimloftError('usage', `${given} is no store. Give a data directory or postgres://user@host/database.`);
  }
  return { kind: 'files', path: words };
}

/** The place for messages: without password and without the parameters, which can hold one too. */
export function nameOf(location: Location): string {
  if (location.kind === 'files') return location.path;
  if (!URL.canParse(location.url)) return 'the PostgreSQL database';
  const { username, host, pathname } = new URL(location.url);
  return `postgres://${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
