import { parseArgs } from 'node:util';
import { torture } from './torture.ts';

/** `npm run torture [-- --seed N --kills N --in N --out N]` */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, kills: { type: 'string' }, in: { type: 'string' }, out: { type: 'string' } },
});

const seed = Number(values.seed ?? Date.now() % 1_000_000);
const plan = {
  seed,
  kills: Number(values.kills ?? 100),
  incoming: Number(values.in ?? 200),
  outgoing: Number(values.out ?? 50),
};
console.log(`Torture with seed ${seed}: ${plan.kills} kills, ${plan.incoming} messages in, ${plan.outgoing} out.`);
const result = await torture({ ...plan, say: (line) => console.log(line) });
console.log(result.faults.length === 0 ? 'Nothing lost, nothing twice.' : result.faults.join('\n'));
process.exitCode = result.faults.length === 0 ? 0 : 1;
