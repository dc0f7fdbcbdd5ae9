import { Readable } from 'node:stream';
import * as v from 'valibot';
import { may, type Principal } from '../../../app/access/principal.ts';
import type { Resources } from '../../../app/resources.ts';
import { SimloftError, toSimloftError } from '../../../core/errors.ts';
import { check } from '../../api/check.ts';
import { ok, type Route, route } from '../../api/route.ts';
import { type AnySchema, instant, integer, textOf } from '../../api/schema.ts';
import type { HttpDeps } from '../../deps.ts';
import { contactFields } from '../contact-routes.ts';
import { defined } from '../defined.ts';
import { readCsv, unguard } from './csv.ts';
import { linesOf, textOfPieces } from './pieces.ts';

/** Where bodies are not read into memory, and of which content types. */
export const streamedPath = '/v1/import';
export const streamedTypes = ['text/csv', 'application/x-ndjson'] as const;

/** So many lines that are wrong are told; further ones are counted. */
const mostTold = 1_000;

const contactRow = v.strictObject(contactFields, 'a contact such as {"name":"Anna","addresses":["+79161234567"]}');
const messageRow = v.strictObject(
  {
    to: v.string('a number as text, such as "+79161234567"'),
    text: v.string('the text to send, as text'),
    modem: v.optional(textOf(1, 40, 'the name of a modem')),
    send_at: v.optional(instant),
  },
  'a message such as {"to":"+79161234567","text":"Hello"}',
);

interface Line {
  readonly line: number;
  /** What stands there; a text that is no JSON stays a text, and is refused like anything else that is no object. */
  readonly value: unknown;
}

const wrongLine = v.object({ line: integer, code: v.string(), text: v.string() });
const report = v.object({ read: integer, imported: integer, wrong: integer, lines: v.array(wrongLine) });
type Report = v.InferOutput<typeof report>;

const columns = { contacts: ['name', 'addresses'], messages: ['to', 'text', 'modem', 'send_at'] } as const;
type Kind = keyof typeof columns;

/** Contacts, and messages to send, from a file. */
export const importRoutes = ({ resources }: HttpDeps): Route[] => [
  route({
    id: 'import',
    method: 'POST',
    path: streamedPath,
    tag: 'Import and export',
    summary: 'Add contacts, or send messages, from CSV or lines of JSON',
    description:
      'The body is CSV (`Content-Type: text/csv`; the first line names the columns: `name,addresses` or `to,text,modem,send_at`) or lines of JSON (`application/x-ndjson`). It is worked on while it comes. A line that is wrong is told of and the others are imported. Contacts need the scope `admin`.',
    scope: 'send',
    query: v.strictObject({ what: v.picklist(['contacts', 'messages'], 'contacts or messages') }),
    bodyType: streamedTypes,
    body: v.instance(Readable, 'CSV (Content-Type: text/csv) or lines of JSON (application/x-ndjson)'),
    headers: { 'Idempotency-Key': 'The same key again sends no message a second time: 1 to 100 characters.' },
    answers: { 200: { description: 'How many lines were read and imported, and which were wrong', schema: report } },
    async run({ query: { what }, body, headers, principal }) {
      if (what === 'contacts' && !may(principal, 'admin'))
        throw new SimloftError('scope_missing', `"${principal.name}" may not change contacts: that needs "admin".`);
      const key = check(keyHeaders, { [keyHeader]: headers[keyHeader] }, 'header')[keyHeader];
      const pieces = textOfPieces(body);
      const csv = headers['content-type']?.startsWith('text/csv') === true;
      const lines = csv ? csvLines(pieces, what) : jsonLines(pieces);
      const add = what === 'contacts' ? contactAdder(resources) : messageSender(resources, principal, key);
      return ok(await importLines(lines, add));
    },
  }),
];

const keyHeader = 'idempotency-key';
const keyHeaders = v.strictObject({ [keyHeader]: v.optional(textOf(1, 100, '1 to 100 characters')) });

type Add = (line: Line) => Promise<void>;

async function importLines(lines: AsyncIterable<Line>, add: Add): Promise<Report> {
  const wrong: Report['lines'] = [];
  let read = 0;
  let imported = 0;
  for await (const line of lines) {
    read += 1;
    try {
      await add(line);
      imported += 1;
    } catch (thrown) {
      const { code, message, status } = toSimloftError(thrown);
      // What is not the line's fault would go wrong with all others too.
      if (status >= 500) throw thrown;
      if (wrong.length < mostTold) wrong.push({ line: line.line, code, text: message });
    }
  }
  return { read, imported, wrong: read - imported, lines: wrong };
}

function contactAdder({ contacts }: Resources): Add {
  return async ({ value }) => {
    await contacts.add(rowOf(contactRow, value));
  };
}

/** Each line has a key of its own, so that a file that is sent again after a broken connection goes on where it was. */
function messageSender({ messages }: Resources, principal: Principal, key: string | undefined): Add {
  return async ({ line, value }) => {
    const { to, text, modem, send_at } = rowOf(messageRow, value);
    const idempotencyKey = key === undefined ? undefined : `${key}\nline ${line}`;
    await messages.send({ recipients: [to], text, ...defined({ modem, sendAt: send_at, idempotencyKey }) }, principal);
  };
}

function rowOf<Schema extends AnySchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  return check(schema, value, 'body');
}

async function* jsonLines(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  for await (const { line, text } of linesOf(pieces)) yield { line, value: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws SimloftError `request_invalid` for a first line that names other columns */
async function* csvLines(pieces: AsyncIterable<string>, what: Kind): AsyncGenerator<Line> {
  let names: readonly string[] | null = null;
  for await (const { line, cells } of readCsv(pieces)) {
    if (names === null) {
      names = columnsOf(cells, what);
      continue;
    }
    const filled = names.flatMap((name, index): [string, unknown][] => {
      const cell = unguard(cells[index] ?? '');
      if (name === 'addresses') return [[name, addressesOf(cell)]];
      return cell === '' && name !== 'text' ? [] : [[name, cell]];
    });
    const extra = cells.length > names.length ? { column: 'more cells than columns' } : {};
    yield { line, value: { ...Object.fromEntries(filled), ...extra } };
  }
}

function columnsOf(cells: readonly string[], what: Kind): string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const allowed: readonly string[] = columns[what];
  const [required = ''] = allowed;
  const strange = names.find((name) => !allowed.includes(name));
  if (strange === undefined && names.includes(required)) return names;
  const text =
    strange === undefined
      ? `The column "${required}" is missing.`
      : `There is no column ${JSON.stringify(strange.slice(0, 40))}.`;
  throw new SimloftError('request_invalid', `${text} The first line names the columns: ${allowed.join(',')}.`, {
    details: { field: strange ?? required, allowed },
  });
}

const addressesOf = (cell: string): string[] =>
  cell
    .split(/[;|]/)
    .map((address) => unguard(address.trim()))
    .filter((address) => address !== '');
