import { spawnSync } from 'node:child_process';

/** `npm test`: everything the suite needs, then the suite. Further words go to Vitest (`npm test -- test/unit/pdu`). */
const outcome = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = outcome.status ?? 1;
