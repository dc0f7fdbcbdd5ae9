import { silentLogger } from '../../src/core/logger.ts';
import type { Route } from '../../src/http/api/route.ts';
import { localTime } from '../../src/http/local-time.ts';
import { createHttpServer, routesOf } from '../../src/http/server.ts';
import { openHouse } from '../unit/app/house.ts';

export interface Asked {
  readonly statusCode: number;
  readonly contentType: string;
  readonly payload: string;
}

/** The whole API over a store with a few rows, without a port. */
export interface ApiHouse {
  readonly routes: readonly Route[];
  /** Operations whose answer has no end. */
  readonly endless: readonly string[];
  ask(request: {
    method: string;
    url: string;
    headers: Readonly<Record<string, string>>;
    payload: unknown;
  }): Promise<Asked>;
  close(): Promise<void>;
}

export async function openApiHouse(): Promise<ApiHouse> {
  const house = await openHouse();
  const deps = house.doors;
  const server = createHttpServer({ ...deps, log: silentLogger });
  await house.handle({
    ...house.base(),
    type: 'pdu.received',
    pdu: '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68',
    tpduLength: null,
    source: 'stored',
    memory: 'SM',
    slot: 3,
    stat: 0,
    found: 'indicated',
    sim: '8970101234567890123',
  });
  await house.send({ recipient: '+79161234567', text: 'Hello' });
  return {
    routes: routesOf({ ...deps, localTime }),
    endless: [
      'streamEvents',
      'traceModem',
      ...['Message', 'Code', 'Call'].flatMap((what) => [`waitFor${what}`, `claim${what}`]),
    ],
    async ask({ method, url, headers, payload }) {
      const form = headers['content-type'] === 'application/x-www-form-urlencoded';
      const body = payload === undefined ? {} : { payload: form ? asForm(payload) : JSON.stringify(payload) };
      const answer = await server.inject({
        method: methodOf(method),
        url,
        headers: { host: '127.0.0.1:8080', ...headers },
        ...body,
      });
      return {
        statusCode: answer.statusCode,
        contentType: answer.headers['content-type'] ?? '',
        payload: answer.payload,
      };
    },
    async close() {
      await server.close();
      await house.close();
    },
  };
}

function asForm(payload: unknown): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(Object(payload)))
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  return form.toString();
}

function methodOf(method: string) {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
  return methods.find((known) => known.toLowerCase() === method) ?? 'GET';
}
