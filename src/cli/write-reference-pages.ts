import { writeFileSync } from 'node:fs';
import { clientTypes } from './client-types.ts';
import { referencePages } from './reference-pages.ts';

/** `npm run docs`: writes the reference pages that are made from tables in the sources. */
for (const [name, text] of referencePages()) {
  const place = new URL(`../../docs/reference/${name}`, import.meta.url);
  writeFileSync(place, text);
  console.log(`docs/reference/${name}`);
}

const types = 'web/src/api/api-types.ts';
writeFileSync(new URL(`../../${types}`, import.meta.url), await clientTypes());
console.log(types);
