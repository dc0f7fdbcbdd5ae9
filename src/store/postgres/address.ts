import { SimloftError } from '../../core/errors.ts';

/** Where a server is, in parts that may be shown: everything of its URL but the password. */
export interface Address {
  /** `host:port`, or the folder of its Unix socket. */
  readonly where: string;
  readonly database: string;
  /** `''` when the URL names none; the name of the user at the operating system is meant then. */
  readonly user: string;
  /** The whole URL with the password; never shown. */
  readonly url: string;
}

/**
 * Reads `postgres://user:password@host:port/database`.
 * @throws SimloftError `setting_invalid`, without a word of the URL: it may hold a password.
 */
export function readAddress(url: string): Address {
  // Without a host before it, which is well for a socket in `?host=`, it is no URL to the standard.
  const parsed = URL.parse(url) ?? URL.parse(url.replace('@/', '@localhost/'));
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new SimloftError(
      'setting_invalid',
      'DATABASE_URL is not the address of a database. Write it as postgres://user:password@host:5432/database, with %40 for an @ in the password.',
    );
  }
  const user = decoded(parsed.username);
  const host = parsed.searchParams.get('host') ?? decoded(parsed.hostname);
  const port = parsed.searchParams.get('port') ?? parsed.port;
  const where = host.startsWith('/') ? host : `${host === '' ? 'localhost' : host}:${port === '' ? '5432' : port}`;
  return { where, database: decoded(parsed.pathname.slice(1)) || user, user, url };
}

/** A stray % is no reason to fail here: the server says which name it does not know. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
