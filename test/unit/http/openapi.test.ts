import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { type House, openHouse } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  house = await openHouse(0);
  server = createHttpServer({ ...house.doors, log: silentLogger });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string; parameters?: object[] }>>>>;
}

it('the document names each route once, with its parameters as a client writes them', async () => {
  const answer = await server.inject({ url: '/v1/openapi.json', headers: { host: '127.0.0.1:8080' } });
  const { openapi, paths } = answer.json<Document>();
  expect(openapi).toBe('3.1.0');
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/get-sms', '/get-calls', '/send-sms', '/send-sms/{id}']));
  expect(paths['/get-sms']?.['get']?.parameters).toContainEqual({
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
  });
  expect(paths['/send-sms/{id}']?.['get']?.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }]);
});
