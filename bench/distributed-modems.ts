import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type ServedVirtualModem, serveVirtualModem } from '../src/virtual/serve.ts';

/**
 * A process of its own with many virtual modems on TCP, since their work is not the gateway's. It says their ports in one line, and
 * answers each line that it is told with the moment of the delivery, ms of the machine's monotonic clock.
 */
export type ToModems = { readonly modem: number; readonly text: string } | { readonly each: number };

const modems: ServedVirtualModem[] = [];
for (let index = 0; index < Number(process.argv[2] ?? 1); index += 1) {
  const iccid = `8970101234567${String(index).padStart(5, '0')}0`;
  modems.push(await serveVirtualModem({ tcpPort: 0, profile: 'clean', seed: index, latencyMs: index % 2, iccid }));
}
console.log(JSON.stringify(modems.map(({ port }) => port)));

for await (const line of createInterface(process.stdin)) {
  const told: ToModems = JSON.parse(line);
  const at = Number(process.hrtime.bigint()) / 1e6;
  if ('modem' in told) modems[told.modem]?.modem.network.deliver({ from: 'Bench', text: told.text });
  else deliverToEach(told.each);
  console.log(at);
}
await Promise.all(modems.map((modem) => modem.close()));

/** All different; a hundred senders write to all modems, as banks and shops do. */
function deliverToEach(messages: number): void {
  for (const [index, { modem }] of modems.entries()) {
    for (let number = 0; number < messages; number += 1) {
      const from = `+7916555${String((number * 7 + index) % 100).padStart(4, '0')}`;
      modem.network.deliver({
        from,
        text: `Message ${number} to modem ${index}: tell the code ${number * 977} to nobody.`,
      });
    }
  }
}

process.stdout.end();
await once(process.stdout, 'close').catch(() => {});
