import type { IncomingHttpHeaders } from 'node:http';
import type { Credentials } from '../../app/access/doorkeeper.ts';
import { SimloftError } from '../../core/errors.ts';

/**
 * The key that a request shows: `Authorization: Bearer` (RFC 6750 §2.1), `X-Api-Key`, or Basic (RFC 7617) with the name of the key as
 * user and the key as password. Null when it shows none.
 * @throws SimloftError `key_invalid` for a header that cannot be read
 */
export function credentialsOf({ authorization, 'x-api-key': apiKey }: IncomingHttpHeaders): Credentials | null {
  if (typeof apiKey === 'string') return { key: apiKey.trim(), name: null };
  if (authorization === undefined) return null;
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return { key: value, name: null };
  if (/^basic$/i.test(scheme)) return basic(value);
  throw unreadable();
}

function basic(value: string): Credentials {
  const text = Buffer.from(value, 'base64').toString('utf8');
  const end = text.indexOf(':');
  if (end < 0) throw unreadable();
  const name = text.slice(0, end);
  return { key: text.slice(end + 1), name: name === '' || twilioName.test(name) ? null : name };
}

/** Clients of Twilio name an account or a key of theirs, which says nothing here. */
const twilioName = /^(?:AC|SK)[0-9a-f]{32}$/i;

const unreadable = (): SimloftError =>
  new SimloftError(
    'key_invalid',
    'The header Authorization cannot be read. Write "Bearer KEY", or Basic with the name of the key and the key.',
  );
