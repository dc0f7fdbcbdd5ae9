import * as v from 'valibot';
import { countedTo, type Overview } from '../../app/privacy/privacy.ts';
import { ok, type Route, route } from '../api/route.ts';
import { integer, nothing, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';

const seconds = v.nullable(integer);
const moment = v.nullable(writtenInstant);

const schema = v.object({
  kept: v.object({
    messages: seconds,
    codes: seconds,
    calls: seconds,
    pdus: seconds,
    feed: seconds,
    readings: seconds,
    webhook_log: seconds,
    code_texts: seconds,
  }),
  rows: v.object({
    received: integer,
    sent: integer,
    calls: integer,
    codes: integer,
    feed: integer,
    readings: integer,
    webhook_log: integer,
  }),
  oldest: v.object({
    received: moment,
    sent: moment,
    calls: moment,
    codes: moment,
    feed: moment,
    readings: moment,
    webhook_log: moment,
  }),
  ran_at: moment,
  deleted_at: moment,
  compacted_at: moment,
});

const inSeconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1_000));
const written = (at: number | null): string | null => (at === null ? null : writeInstant(at));

/** What is kept for how long, and what there is of it. */
export const privacyRoute = ({ resources: { privacy } }: HttpDeps): Route =>
  route({
    id: 'getPrivacy',
    method: 'GET',
    path: '/v1/privacy',
    tag: 'Privacy',
    summary: 'What is kept for how long, and how much there is of each',
    description: `\`kept\` is in seconds; null for ever. No kind is counted beyond ${countedTo}. \`codes\` are known only where messages with codes are treated otherwise. \`ran_at\` is when it was last looked for what is old, \`deleted_at\` when something was deleted, \`compacted_at\` when the files of the embedded store were written anew without it.`,
    scope: 'admin',
    query: nothing,
    answers: { 200: { description: 'What is kept', schema } },
    async run() {
      const { retention, webhookLog, rows, marks } = await privacy.overview();
      return ok({
        kept: {
          messages: inSeconds(retention.messages),
          codes: inSeconds(retention.codes),
          calls: inSeconds(retention.calls),
          pdus: inSeconds(retention.pdus),
          feed: inSeconds(retention.feed),
          readings: inSeconds(retention.readings),
          webhook_log: inSeconds(webhookLog),
          code_texts: inSeconds(retention.codeTexts),
        },
        rows: ofEach(rows, ({ count }) => count),
        oldest: ofEach(rows, ({ oldest }) => written(oldest)),
        ran_at: written(marks.ran),
        deleted_at: written(marks.deleted),
        compacted_at: written(marks.compacted),
      });
    },
  });

type Rows = Overview['rows'];

const ofEach = <T>({ webhookLog, ...rows }: Rows, what: (kept: Rows['sent']) => T) => ({
  received: what(rows.received),
  sent: what(rows.sent),
  calls: what(rows.calls),
  codes: what(rows.codes),
  feed: what(rows.feed),
  readings: what(rows.readings),
  webhook_log: what(webhookLog),
});
