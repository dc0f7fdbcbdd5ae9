import { alignedTable } from './aligned-table.ts';
import { clientOptions, connect } from './client-options.ts';
import type { Command } from './command.ts';
import { localMoment } from './local-moment.ts';
import { printable } from './printable.ts';
import { listOf } from './webhooks-table.ts';

export const audit: Command = {
  spec: {
    name: 'audit',
    summary: 'Shows who did what: logins, keys, messages sent, and all that only administrators may do.',
    details: 'Example: simloft audit --limit 20',
    options: {
      limit: { type: 'string', value: 'N', help: 'how many, newest first (default 50)' },
      json: { type: 'boolean', help: 'one JSON object a line' },
      ...clientOptions,
    },
  },

  async run(given) {
    const client = await connect(given);
    const entries = listOf(await client.get('/v1/audit', { limit: given.strings['limit'] ?? '50' }));
    if (given.flags.has('json')) for (const entry of entries) console.log(JSON.stringify(entry));
    else if (entries.length === 0) console.log('Nothing yet.');
    else console.log(alignedTable(['when', 'who', 'from', 'did', 'to', 'outcome'], entries.map(rowOf)));
    return 0;
  },
};

/** Names and targets come from outside: none reaches the terminal as a control sequence. */
function rowOf(entry: unknown): string[] {
  const field = (name: string): string => {
    const value: unknown = Reflect.get(Object(entry), name);
    return typeof value === 'string' && value !== '' ? printable(value) : '-';
  };
  const when = localMoment(Date.parse(field('at'))).slice(0, 19);
  return [when, field('who'), field('address'), field('action'), field('target'), field('outcome')];
}
