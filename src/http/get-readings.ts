import * as v from 'valibot';
import { ok, type Route, route } from './api/route.ts';
import { nothing } from './api/schema.ts';
import type { HttpDeps } from './deps.ts';

/** Addresses of the request, what is asked for at each, and how it is called in the reference. */
const readings: readonly (readonly [path: string, id: string, key: string, summary: string])[] = [
  ['/get-balance', 'getBalance', 'balance', 'The balance of the SIM card'],
  ['/get-operator', 'getOperator', 'operator', 'The operator whose network it is in'],
  ['/get-signal', 'getSignal', 'signal', 'The signal in dBm'],
  ['/get-signal-type', 'getSignalType', 'signal-type', 'The radio technology'],
];

const answered = v.nullable(
  v.object({ key: v.string(), data: v.nullable(v.union([v.string(), v.number()])), updated_at: v.string() }),
);

/** `GET /get-balance`, `/get-operator`, `/get-signal`, `/get-signal-type`: the newest value, or null before the first. */
export function getReadings({ queries, localTime }: HttpDeps): Route[] {
  return readings.map(([path, id, key, summary]) =>
    route({
      id,
      method: 'GET',
      path,
      tag: 'Simple',
      summary,
      scope: 'read',
      query: nothing,
      answers: { 200: { description: 'The newest value; null before the first', schema: answered } },
      async run() {
        const reading = await queries.reading(key);
        if (reading === null) return ok(null);
        return ok({ key, data: simpleValue(reading.data), updated_at: localTime.format(reading.updatedAt) });
      },
    }),
  );
}

/** A balance becomes its amount, or the operator's words where no amount is clear; other readings are plain already. */
function simpleValue(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('minor' in data) || !('text' in data)) return data;
  return typeof data.minor === 'number' ? data.minor / 100 : data.text;
}
