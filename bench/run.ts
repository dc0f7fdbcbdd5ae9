import { benchDistributed } from './distributed.ts';
import { benchGateway } from './gateway.ts';
import { show } from './lab.ts';
import { benchLine } from './line.ts';
import { benchLive } from './live.ts';
import { benchMillion } from './million.ts';
import { benchPage } from './page.ts';
import { benchPdu } from './pdu.ts';
import { benchStore } from './store.ts';

/** `npm run bench [-- NAME…]`: figures of this machine in this run; ✗ where a promise is not kept. */
const benches = {
  pdu: benchPdu,
  store: benchStore,
  line: benchLine,
  gateway: benchGateway,
  live: benchLive,
  distributed: benchDistributed,
  million: benchMillion,
  page: benchPage,
};
const names = process.argv.slice(2);
let kept = true;
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  for (const figure of await bench()) kept = show(figure) && kept;
}
process.exitCode = kept ? 0 : 1;
