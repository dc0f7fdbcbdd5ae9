import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { nothing } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { page } from './page.ts';

const schema = v.object({
  name: v.string(),
  group: v.string(),
  value: v.nullable(v.string()),
  secret: v.boolean(),
  without: v.nullable(v.string()),
  source: v.picklist(['flag', 'environment', 'file', 'default']),
  place: v.nullable(v.string()),
  description: v.string(),
});

/** What the gateway was started with. It is set where it is started, not here. */
export const settingsRoute = ({ shownSettings }: HttpDeps): Route =>
  route({
    id: 'listSettings',
    method: 'GET',
    path: '/v1/settings',
    tag: 'Settings',
    summary: 'Every setting: its value, where that comes from, and what it does',
    description:
      'All of them, by group. Of the process that answers: a worker elsewhere has settings of its own. `value` is as it was written, null for none; `without` says what holds then. Secrets are masked. `place` is the flag, the variable, or the file and the line.',
    scope: 'admin',
    query: nothing,
    answers: { 200: { description: 'All settings', schema: page.of(schema) } },
    run: async () => ok({ items: [...shownSettings], next: null }),
  });
