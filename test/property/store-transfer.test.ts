import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { oddTexts } from '../support/odd-texts.ts';
import { rowsIn } from '../support/store-rows.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { exported, filledStore, imported } from '../support/transfer.ts';

const text = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('\u0000', '\n', '\r', '\u2028', '"', '\\', '\uFDD0', '\uFDD1', '\uD83C', '\uDF84'),
  }),
);

it('whatever a store holds comes out of its export row by row, however the file is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        rows: fc.nat({ max: 12 }),
        texts: fc.array(text, { minLength: 1, maxLength: 8 }),
        size: fc.integer({ min: 50, max: 5_000 }),
      }),
      async ({ size, ...filling }) => {
        await using temporary = await temporaryDirectory();
        const from = await filledStore(join(temporary.path, 'from'), filling);
        const to = join(temporary.path, 'to');
        const file = await exported(from);
        await imported(file, to, size);
        expect(rowsIn(to)).toEqual(rowsIn(from));
      },
    ),
    { numRuns: 25 },
  );
});
