import { spawnSync } from 'node:child_process';
import { buildPage, pageIsStale } from '../src/cli/page-build.ts';

if (pageIsStale()) {
  const wrong = await buildPage();
  if (wrong !== null) throw new Error(`The web page could not be built: ${wrong}`);
}

/** `npm test`: everything the suite needs, then the suite. Further words go to Vitest (`npm test -- test/unit/pdu`). */
const outcome = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = outcome.status ?? 1;
