import type { Keys } from '../app/access/keys.ts';
import { isScope } from '../core/access.ts';
import { SimloftError } from '../core/errors.ts';
import type { AccessKey } from '../store/access-records.ts';
import type { GatewayClient } from './gateway-client.ts';

/** The keys of a gateway that runs, through its API. */
export const keysThrough = (client: GatewayClient): Keys => ({
  async list() {
    const answer = await client.get('/v1/keys');
    const items = field(answer, 'items');
    return Array.isArray(items) ? items.map(readKey) : [];
  },
  async add({ name, scopes, limits, expiresAt }) {
    const { senders, modems, recipients, dailyMessages } = limits;
    const answer = await client.post('/v1/keys', {
      name,
      scopes,
      ...(senders === null ? {} : { senders }),
      ...(modems === null ? {} : { modems }),
      ...(recipients === null ? {} : { recipients }),
      ...(dailyMessages === null ? {} : { daily: dailyMessages }),
      ...(expiresAt === null ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    });
    return { key: text(answer, 'key'), record: readKey(answer) };
  },
  async revoke(name) {
    await client.delete(`/v1/keys/${encodeURIComponent(name)}`);
  },
});

function readKey(given: unknown): AccessKey {
  const granted = field(given, 'scopes');
  const daily = field(given, 'daily');
  return {
    id: 0,
    hash: '',
    name: text(given, 'name'),
    hint: text(given, 'hint').replace(/…$/, ''),
    scopes: Array.isArray(granted) ? granted.map(String).filter(isScope) : [],
    limits: {
      senders: list(given, 'senders'),
      modems: list(given, 'modems'),
      recipients: list(given, 'recipients'),
      dailyMessages: typeof daily === 'number' ? daily : null,
    },
    createdAt: moment(given, 'created_at') ?? 0,
    expiresAt: moment(given, 'expires_at'),
    lastUsedAt: moment(given, 'last_used_at'),
    revokedAt: moment(given, 'revoked_at'),
  };
}

const field = (given: unknown, name: string): unknown =>
  typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;

function text(given: unknown, name: string): string {
  const value = field(given, name);
  if (typeof value === 'string') return value;
  throw new SimloftError('gateway_refused', `The gateway answered without "${name}": is it of another version?`);
}

function list(given: unknown, name: string): readonly string[] | null {
  const value = field(given, name);
  return Array.isArray(value) ? value.map(String) : null;
}

function moment(given: unknown, name: string): number | null {
  const value = field(given, name);
  return typeof value === 'string' ? Date.parse(value) : null;
}
