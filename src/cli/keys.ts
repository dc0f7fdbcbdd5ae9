import { createKeys, type Keys, type NewKey } from '../app/access/keys.ts';
import { isScope, type Scope, scopes } from '../core/access.ts';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { AccessKey } from '../store/access-records.ts';
import { alignedTable } from './aligned-table.ts';
import type { ParsedArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { keysThrough } from './keys-through-gateway.ts';
import { localMoment } from './local-moment.ts';
import { withAccess } from './owner-access.ts';

export const keys: Command = {
  spec: {
    name: 'keys',
    usage: '[list | add NAME [options] | revoke NAME]',
    summary: 'Makes, lists and revokes access keys.',
    details:
      'From the first key on the gateway answers nobody without one. add prints the key alone on standard output, once; the store keeps only a hash of it.\nA gateway that runs is asked, at HOST and PORT, with the key in SIMLOFT_KEY. Who has lost every key stops the gateway and makes one then.\n\nExample: KEY=$(simloft keys add "home assistant" --scope read,send --daily 50)',
    options: {
      scope: { type: 'string', value: 'LIST', help: `add: what it may do: ${scopes.join(', ')} (default read)` },
      sender: { type: 'string', value: 'LIST', help: 'add: only messages and calls of these, with commas between' },
      modem: { type: 'string', value: 'LIST', help: 'add: only these modems' },
      recipient: { type: 'string', value: 'LIST', help: 'add: may write to and call these numbers only' },
      daily: { type: 'string', value: 'N', help: 'add: how many SMS it may send in a day (UTC)' },
      expires: { type: 'string', value: 'WHEN', help: 'add: until when it is good: 30d, or 2026-12-31 (UTC)' },
      config: { type: 'string', value: 'FILE', help: 'a settings file that names the store' },
    },
  },

  async run(given) {
    const [action = 'list', name, ...more] = given.words;
    if (more.length > 0) throw usage('A name of several words stands in quotes: simloft keys add "home assistant".');
    switch (action) {
      case 'list':
        return withKeys(given, async (keys) => print(await keys.list()));
      case 'add': {
        const wanted = newKey(needed(name, 'add'), given.strings);
        return withKeys(given, async (keys) => announce(await keys.add(wanted)));
      }
      case 'revoke': {
        const revoked = needed(name, 'revoke');
        return withKeys(given, async (keys) => {
          await keys.revoke(revoked);
          console.log(`"${revoked}" opens nothing any more.`);
        });
      }
      default:
        throw usage(`simloft keys cannot "${action}". It can list, add and revoke.`);
    }
  },
};

async function withKeys(given: ParsedArguments, work: (keys: Keys) => Promise<void>): Promise<number> {
  await withAccess(given, {
    through: (client) => work(keysThrough(client)),
    within: (store) => work(createKeys({ store, clock: systemClock })),
  });
  return 0;
}

/** The key alone on standard output, so that a shell can take it; the words beside it. */
function announce({ key, record }: { readonly key: string; readonly record: AccessKey }): void {
  console.error(`The key "${record.name}" may: ${record.scopes.join(', ')}. It is shown only now:`);
  console.log(key);
}

function print(list: readonly AccessKey[]): void {
  if (list.length === 0) {
    console.log('There is no key: only programs on this machine are answered. Make one: simloft keys add NAME');
    return;
  }
  const titles = ['name', 'key', 'may', 'only', 'last used', 'state'];
  console.log(alignedTable(titles, list.map(rowOf)));
}

function rowOf({ name, hint, scopes, limits, lastUsedAt, ...key }: AccessKey): string[] {
  const { senders, modems, recipients, dailyMessages } = limits;
  const only = [
    ...(senders === null ? [] : [`from ${senders.join(' ')}`]),
    ...(modems === null ? [] : [`modem ${modems.join(' ')}`]),
    ...(recipients === null ? [] : [`to ${recipients.join(' ')}`]),
    ...(dailyMessages === null ? [] : [`${dailyMessages} SMS a day`]),
  ];
  const used = lastUsedAt === null ? 'never' : localMoment(lastUsedAt).slice(0, 16);
  return [name, `${hint}…`, scopes.join(' '), only.join(', ') || '-', used, stateOf(key)];
}

function stateOf({ revokedAt, expiresAt }: Pick<AccessKey, 'revokedAt' | 'expiresAt'>): string {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'good';
  const when = localMoment(expiresAt).slice(0, 16);
  return expiresAt <= systemClock.now() ? `expired ${when}` : `good until ${when}`;
}

function newKey(name: string, strings: ParsedArguments['strings']): NewKey {
  const { scope = 'read', sender, modem, recipient, daily, expires } = strings;
  return {
    name,
    scopes: listOf(scope).map(scopeOf),
    limits: {
      senders: sender === undefined ? null : listOf(sender),
      modems: modem === undefined ? null : listOf(modem),
      recipients: recipient === undefined ? null : listOf(recipient),
      dailyMessages: daily === undefined ? null : dailyOf(daily),
    },
    expiresAt: expires === undefined ? null : expiryOf(expires, systemClock.now()),
  };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function scopeOf(word: string): Scope {
  if (isScope(word)) return word;
  throw usage(`There is no scope "${word}". There are: ${scopes.join(', ')}.`);
}

function dailyOf(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw usage('--daily takes a whole number of SMS, such as 50.');
}

const dayMs = 86_400_000;

/** `30d`: so many days from now. `2026-12-31`: to the end of that day in UTC. */
export function expiryOf(text: string, now: number): number {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined) return now + Number(days) * dayMs;
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const exists = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
  if (!exists) throw usage('--expires takes a number of days such as 30d, or a day such as 2026-12-31.');
  return day + dayMs;
}

function needed(name: string | undefined, action: string): string {
  if (name === undefined) throw usage(`Name the key: simloft keys ${action} NAME.`);
  return name;
}

const usage = (text: string): SimloftError => new SimloftError('usage', text);
