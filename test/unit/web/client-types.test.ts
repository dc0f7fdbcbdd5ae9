import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clientTypes } from '../../../src/cli/client-types.ts';

it('the types of the page are those of the API (npm run docs)', async () => {
  const types = readFileSync(new URL('../../../web/src/api/api-types.ts', import.meta.url), 'utf8');
  expect(types).toBe(await clientTypes());
  expect(types).toContain('"GET /v1/messages": {');
  expect(types).not.toContain('unknown[]');
});
