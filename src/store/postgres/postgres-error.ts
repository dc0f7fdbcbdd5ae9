import { SimloftError } from '../../core/errors.ts';
import type { Address } from './address.ts';

/** What to do about a refusal of the server, by its SQLSTATE. */
const cures: Readonly<Record<string, (address: Address) => string>> = {
  '28P01': ({ user }) => `It refuses the password of user ${user || 'without a name'}. Mend it in DATABASE_URL.`,
  '28000': ({ user }) =>
    `It does not let user ${user || 'without a name'} in from here. Mend the user in DATABASE_URL, or allow it in the server's pg_hba.conf.`,
  '3D000': ({ database, user }) =>
    `It has no database ${database}. Make one (createdb${user === '' ? '' : ` --owner=${user}`} ${database}), or mend the name in DATABASE_URL.`,
  '42501': ({ database, user }) =>
    `User ${user} may not do this. Make it the owner of the database (alter database ${database} owner to ${user}).`,
  '25006': () => 'It may only be read: it is a standby, or set to read-only. Give DATABASE_URL the main server.',
  '0A000': () => 'A newer version has changed the schema meanwhile. It is asked anew.',
  '53100': () => 'Its disk is full. Make room there; messages wait in the modem.',
  '53200': () => 'It has no memory left. Give it more.',
  '53300': () => 'It takes no more connections. Raise its max_connections, or close programs that use it.',
  '55P03': () => 'Another process holds what is needed and does not end. See pg_stat_activity, and end that one.',
  '57014': () => 'It took too long and was called off. The server has too much to do, or its disk is too slow.',
  '57P01': () => 'It is being shut down. Start it again; what was not acknowledged is tried again.',
  '57P02': () => 'It has crashed and starts again by itself. See its log.',
  '57P03': () => 'It is starting or stopping just now. It is asked again.',
  '25P03': () => 'It ended a transaction in which nothing happened any more.',
};

/** The same for what comes from the operating system on the way to it. */
const networkCures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there. Start the server, or mend host and port in DATABASE_URL.',
  ENOTFOUND: 'The name of its host is not known. Mend the host in DATABASE_URL.',
  EAI_AGAIN: 'The name of its host cannot be looked up just now. Check the network and its DNS.',
  EHOSTUNREACH: 'There is no way to its host. Check the network.',
  ENETUNREACH: 'There is no way to its host. Check the network.',
  ETIMEDOUT: 'It does not answer. Check that it runs, and that no firewall is in between.',
  ENOENT: 'Its socket does not exist. Start the server, or mend the folder in DATABASE_URL.',
  EACCES: 'Its socket may not be opened by this user.',
  ECONNRESET: 'The connection broke. It is made again by itself.',
  EPIPE: 'The connection broke. It is made again by itself.',
};

/** And for what the driver notices itself, by how its message begins. */
const driverCures: readonly (readonly [RegExp, string])[] = [
  [/timeout expired|connection timeout|Query read timeout/, networkCures['ETIMEDOUT'] ?? ''],
  [/terminated|connection error|Client was closed/, networkCures['ECONNRESET'] ?? ''],
  [
    /password must be a/,
    'It wants a password, and DATABASE_URL has none. Write postgres://user:password@host/database.',
  ],
  [/does not support SSL/, 'It does not encrypt connections. Leave ssl and sslmode out of DATABASE_URL.'],
];

/** What the driver throws, as a sentence with its cure; nothing that could hold a message's text or a number goes along. */
export function postgresError(thrown: unknown, address: Address): SimloftError {
  if (thrown instanceof SimloftError) return thrown;
  const code = codeOf(thrown);
  const state = isRefusal(thrown) ? code : null;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const cure = state === null ? cureOfLink(code, message) : (cures[state]?.(address) ?? `It says: ${message}.`);
  return new SimloftError('store_unavailable', `PostgreSQL at ${address.where} cannot be used. ${cure}`, {
    cause: new Error(message),
    details: state === null ? { code } : { sqlState: state },
  });
}

function cureOfLink(code: string, message: string): string {
  const cure = networkCures[code] ?? driverCures.find(([pattern]) => pattern.test(message))?.[1];
  if (cure !== undefined) return cure;
  if (/certificate|self-signed|ERR_TLS/i.test(`${code} ${message}`)) {
    return `Its certificate is not trusted (${message}). Name the authority with sslrootcert in DATABASE_URL.`;
  }
  return `The connection failed: ${message || code}.`;
}

/** An answer of the server itself, rather than something that happened to the connection. */
const isRefusal = (thrown: unknown): thrown is { severity: unknown } =>
  thrown instanceof Error && 'severity' in thrown && thrown.severity !== undefined;

/** What a connection prepared gives other columns since a newer program has changed the schema. */
const outdatedPlan = '0A000';

/** Whether the connection is of no use after it. */
export function breaksConnection(thrown: unknown): boolean {
  return (
    !isRefusal(thrown) || thrown.severity === 'FATAL' || thrown.severity === 'PANIC' || codeOf(thrown) === outdatedPlan
  );
}

/** Deadlock, serialization failure and a changed schema: the server undid the transaction only because of another one. */
export function isCollision(error: unknown): boolean {
  return error instanceof SimloftError && ['40P01', '40001', outdatedPlan].includes(String(error.details['sqlState']));
}

/** Several addresses of one host come back as one error with all of theirs in it. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return thrown instanceof AggregateError ? codeOf(thrown.errors[0]) : '';
}
