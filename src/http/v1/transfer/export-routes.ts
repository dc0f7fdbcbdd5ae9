import { Readable } from 'node:stream';
import * as v from 'valibot';
import { may, type Principal } from '../../../app/access/principal.ts';
import { withoutCodes, withoutNumber, withoutNumbers } from '../../../app/messages/masked.ts';
import type { Resources } from '../../../app/resources.ts';
import { SimloftError } from '../../../core/errors.ts';
import { type Route, route } from '../../api/route.ts';
import { instant, textRead } from '../../api/schema.ts';
import type { HttpDeps } from '../../deps.ts';
import { callJson } from '../call-routes.ts';
import { contactJson } from '../contact-routes.ts';
import { defined } from '../defined.ts';
import { messageJson } from '../message-json.ts';
import { writeCsvRow } from './csv.ts';

type Row = Readonly<Record<string, unknown>>;

interface Range {
  readonly since?: number;
  readonly until?: number;
}

/** So many rows are in memory at a time, however many there are and however slowly they are read. */
const pageRows = 500;

const columns = {
  messages: [
    'id',
    'direction',
    'at',
    'modem',
    'peer',
    'contact',
    'state',
    'kind',
    'text',
    'smsc_time',
    'sent_at',
    'delivered_at',
    'read',
  ],
  calls: ['id', 'at', 'modem', 'caller', 'contact', 'withheld', 'outcome', 'rings', 'started_at', 'ended_at'],
  contacts: ['id', 'name', 'addresses'],
} as const;
const kinds = ['messages', 'calls', 'contacts'] as const;
type Kind = (typeof kinds)[number];

const masks = ['codes', 'numbers'] as const;
const maskOf = textRead(
  `${masks.join(', ')}, or both with a comma between them`,
  { type: 'string', pattern: '^(codes|numbers)(,(codes|numbers))?$' },
  (text) => {
    const words = text.split(',');
    return words.every((word) => masks.some((mask) => mask === word)) ? words : null;
  },
);

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' } as const;

/** All of a kind, as a table or as lines of JSON. */
export const exportRoutes = ({ resources }: HttpDeps): Route[] => [
  route({
    id: 'export',
    method: 'GET',
    path: '/v1/export',
    tag: 'Import and export',
    summary: 'All messages, calls or contacts as CSV or as lines of JSON',
    description:
      'Newest first, contacts by name. It is written as fast as it is read. In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe; several addresses are separated by semicolons. `mask=codes,numbers` leaves one-time codes and all but the last two digits of numbers out.',
    scope: 'read',
    query: v.strictObject({
      what: v.picklist(kinds, `one of ${kinds.join(', ')}`),
      format: v.optional(v.picklist(['csv', 'jsonl'], 'csv or jsonl'), 'csv'),
      since: v.optional(instant),
      until: v.optional(instant),
      mask: v.optional(maskOf),
    }),
    answers: { 200: { description: 'The rows', contentType: ['text/csv', 'application/x-ndjson'] } },
    async run({ query: { what, format, since, until, mask = [] }, principal }) {
      if (what === 'calls' && !may(principal, 'calls'))
        throw new SimloftError('scope_missing', `"${principal.name}" may not see calls: it needs the scope "calls".`);
      const rows = masked(pagesOf(resources, what, { range: defined({ since, until }), principal }), mask);
      return {
        status: 200,
        raw: Readable.from(format === 'csv' ? csvOf(rows, columns[what]) : linesOf(rows), {
          objectMode: false,
          highWaterMark: 64 * 1024,
        }),
        headers: {
          'content-type': types[format],
          'content-disposition': `attachment; filename="${what}.${format}"`,
        },
      };
    },
  }),
];

/** Rows without what whoever gets them need not know. */
async function* masked(pages: AsyncIterable<readonly Row[]>, mask: readonly string[]): AsyncGenerator<readonly Row[]> {
  for await (const rows of pages)
    yield mask.length === 0 ? rows : await Promise.all(rows.map((row) => maskedRow(row, mask)));
}

async function maskedRow(row: Row, mask: readonly string[]): Promise<Row> {
  const { text, peer, caller, addresses, pdus } = row;
  const [codes, numbers] = masks.map((one) => mask.includes(one));
  const number = (value: unknown) => (numbers && typeof value === 'string' ? withoutNumber(value) : value);
  const shown = codes && typeof text === 'string' ? await withoutCodes(text, String(peer)) : text;
  return {
    ...row,
    ...(text === undefined ? {} : { text: numbers && typeof shown === 'string' ? withoutNumbers(shown) : shown }),
    ...(pdus === undefined ? {} : { pdus: null }),
    ...(peer === undefined ? {} : { peer: number(peer) }),
    ...(caller === undefined ? {} : { caller: number(caller) }),
    ...(Array.isArray(addresses) ? { addresses: addresses.map(number) } : {}),
  };
}

async function* csvOf(pages: AsyncIterable<readonly Row[]>, names: readonly string[]): AsyncGenerator<string> {
  yield writeCsvRow(names);
  for await (const rows of pages) yield rows.map((row) => writeCsvRow(names.map((name) => cellOf(row[name])))).join('');
}

async function* linesOf(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function cellOf(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.join(';') : null;
}

interface Asked {
  readonly range: Range;
  readonly principal: Principal;
}

function pagesOf(resources: Resources, what: Kind, asked: Asked): AsyncGenerator<readonly Row[]> {
  if (what === 'messages') return messagePages(resources, asked);
  return what === 'calls' ? callPages(resources, asked) : contactPages(resources, asked);
}

async function* messagePages({ messages }: Resources, { range, principal }: Asked): AsyncGenerator<readonly Row[]> {
  let after = {};
  for (;;) {
    const { items, next } = await messages.list({ ...range, ...after, limit: pageRows }, principal);
    if (items.length > 0) yield items.map(messageJson);
    if (next === null) return;
    after = { after: next };
  }
}

async function* callPages({ calls }: Resources, { range, principal }: Asked): AsyncGenerator<readonly Row[]> {
  const { since, until } = range;
  const within = defined({ storedAfter: since === undefined ? undefined : since - 1, storedBefore: until });
  let before = {};
  for (;;) {
    const items = await calls.list({ ...within, ...before, limit: pageRows }, principal);
    if (items.length > 0) yield items.map(callJson);
    const last = items.at(-1);
    if (items.length < pageRows || last === undefined) return;
    before = { before: { at: last.storedAt, id: last.id } };
  }
}

async function* contactPages({ contacts }: Resources, { principal }: Asked): AsyncGenerator<readonly Row[]> {
  let after = {};
  for (;;) {
    const { items, next } = await contacts.list({ ...after, limit: pageRows }, principal);
    if (items.length > 0) yield items.map(contactJson);
    if (next === null) return;
    after = { after: next };
  }
}
