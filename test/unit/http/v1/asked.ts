import { silentLogger } from '../../../../src/core/logger.ts';
import { createHttpServer } from '../../../../src/http/server.ts';
import { type House, openHouse, sim } from '../../app/house.ts';

export interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

/** The API over a house, asked without a port. */
export interface Asked {
  readonly house: House;
  /** @typeParam T what the answer is meant to be; the test that uses it shows whether it is. */
  get<T>(url: string): Promise<Answered<T>>;
  send<T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answered<T>>;
  /** A PDU arrives; it has committed when this resolves. */
  receive(pdu: string, slot?: number): Promise<void>;
  close(): Promise<void>;
}

/** `Kod 1234` from +79161234567, and `Баланс: -12,50 р.` from `Balance`, both 2025-01-21 12:34:36 +03:00. */
export const code = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
export const balance =
  '07919761989901F0040DD0C2303BEC1E97010008521012214363212204110430043B0430043D0441003A0020002D00310032002C0035003000200440002E';

export async function openAsked(start = Date.UTC(2026, 0, 1, 12)): Promise<Asked> {
  const house = await openHouse(start);
  const server = createHttpServer({ ...house.doors, log: silentLogger });
  const local = { host: '127.0.0.1:8080' };
  const answered = <T>(answer: { statusCode: number; payload: string }): Answered<T> => {
    const body: T = answer.payload === '' ? null : JSON.parse(answer.payload);
    return { status: answer.statusCode, body };
  };
  return {
    house,
    async get<T>(url: string) {
      return answered<T>(await server.inject({ url, headers: local }));
    },
    async send<T>(
      method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      url: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ) {
      const payload =
        body === undefined
          ? { headers: { ...local, ...headers } }
          : { headers: { ...local, 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body) };
      return answered<T>(await server.inject({ method, url, ...payload }));
    },
    async receive(pdu, slot = 3) {
      await house.handle({
        ...house.base(),
        type: 'pdu.received',
        pdu,
        tpduLength: null,
        source: 'stored',
        memory: 'SM',
        slot,
        stat: 0,
        found: 'indicated',
        sim,
      });
    },
    async close() {
      await server.close();
      await house.close();
    },
  };
}
