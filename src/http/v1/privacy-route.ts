import * as v from 'valibot';
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
    code_texts: seconds,
  }),
  oldest: v.object({ received: moment, sent: moment, calls: moment, codes: moment }),
});

const inSeconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1_000));
const written = (at: number | null): string | null => (at === null ? null : writeInstant(at));

/** What is kept for how long. */
export const privacyRoute = ({ resources: { privacy } }: HttpDeps): Route =>
  route({
    id: 'getPrivacy',
    method: 'GET',
    path: '/v1/privacy',
    tag: 'Privacy',
    summary: 'What is kept for how long, and the oldest of each',
    description:
      'In seconds; null for ever. `oldest.codes` is known only where messages with codes are treated otherwise.',
    scope: 'admin',
    query: nothing,
    answers: { 200: { description: 'What is kept', schema } },
    async run() {
      const { retention, oldest } = await privacy.overview();
      return ok({
        kept: {
          messages: inSeconds(retention.messages),
          codes: inSeconds(retention.codes),
          calls: inSeconds(retention.calls),
          pdus: inSeconds(retention.pdus),
          feed: inSeconds(retention.feed),
          code_texts: inSeconds(retention.codeTexts),
        },
        oldest: {
          received: written(oldest.received),
          sent: written(oldest.sent),
          calls: written(oldest.calls),
          codes: written(oldest.codes),
        },
      });
    },
  });
