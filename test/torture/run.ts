import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/core/random.ts';
import { rolesBlows } from './blows.ts';
import type { TortureResult } from './flow.ts';
import { tortureRoles } from './roles.ts';
import { torture } from './torture.ts';

/**
 * `npm run torture [-- gateway|roles] [--seed N --in N --out N] [--kills N] [--moments N --cut-ms N]`: the one process, and an
 * installation in roles on servers of its own.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    in: { type: 'string' },
    out: { type: 'string' },
    kills: { type: 'string', default: '100' },
    moments: { type: 'string', default: '30' },
    'cut-ms': { type: 'string', default: '60000' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const say = (line: string) => console.log(line);

const runs: Readonly<Record<string, () => Promise<TortureResult>>> = {
  gateway() {
    const plan = {
      kills: Number(values.kills),
      incoming: Number(values.in ?? 200),
      outgoing: Number(values.out ?? 50),
    };
    say(`The gateway with seed ${seed}: ${plan.kills} kills, ${plan.incoming} messages in, ${plan.outgoing} out.`);
    return torture({ seed, ...plan, say });
  },
  roles() {
    const blows = rolesBlows(seededRandom(seed), { moments: Number(values.moments), cutMs: Number(values['cut-ms']) });
    const plan = { incoming: Number(values.in ?? 500), outgoing: Number(values.out ?? 100) };
    say(`Roles with seed ${seed}: ${blows.length} blows, ${plan.incoming} messages in, ${plan.outgoing} out.`);
    return tortureRoles({ seed, blows, ...plan, say });
  },
};

for (const [name, run] of Object.entries(runs)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { faults, unknown } = await run();
  say(faults.length === 0 ? `Nothing lost, nothing twice; ${unknown} of unknown end.` : faults.join('\n'));
  if (faults.length > 0) process.exitCode = 1;
}
