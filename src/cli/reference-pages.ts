import { configurationPage } from '../config/reference-page.ts';
import { errorTable } from '../core/errors.ts';
import { metricsPage } from '../metrics/reference-page.ts';

/** The reference pages that are made from tables in the sources: path under `docs/reference` and text. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['configuration.md', configurationPage()],
    ['errors.md', errorsPage()],
    ['metrics.md', metricsPage()],
  ]);
}

function errorsPage(): string {
  const rows = Object.entries(errorTable).map(
    ([code, { status, retryable, text }]) => `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${text} |`,
  );
  return [
    '# Errors',
    '',
    'Generated from `src/core/errors.ts` by `npm run docs`. Codes are stable: none is renamed, none is used again for something else.',
    '"Again" says whether the same request may succeed later without a change.',
    '',
    '| code | HTTP | again | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
