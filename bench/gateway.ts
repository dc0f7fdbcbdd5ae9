import { setTimeout as pause } from 'node:timers/promises';
import { serveVirtualModem } from '../src/virtual/serve.ts';
import { GatewayProcess } from '../test/support/gateway-process.ts';
import { until } from '../test/support/until.ts';
import { type Figure, median, processorMs, residentMiB, workFolder } from './lab.ts';

const rounds = 60;
const idleMs = 20_000;

/** Latency, start and rest of the whole gateway, as a process of its own on a pseudo-terminal. */
export async function benchGateway(): Promise<Figure[]> {
  using folder = workFolder();
  const served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 1 });
  served.modem.network.deliver({ from: 'Start', text: 'Here before you' });
  const begun = performance.now();
  const gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
  try {
    await newest(gateway, 'Here before you');
    const started = performance.now() - begun;
    const latencies: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const text = `Round ${round}`;
      const at = performance.now();
      served.modem.network.deliver({ from: 'Bench', text });
      await newest(gateway, text);
      latencies.push(performance.now() - at);
    }
    const used = processorMs(gateway.pid);
    await pause(idleMs);
    const busy = ((processorMs(gateway.pid) - used) / idleMs) * 100;
    return [
      { name: 'from +CMTI to the answer of /get-sms, median', value: median(latencies), unit: 'ms', atMost: 25 },
      { name: 'from "simloft start" to the row of a message on the SIM', value: started, unit: 'ms', atMost: 1000 },
      { name: 'resident memory at rest', value: residentMiB(gateway.pid), unit: 'MiB', atMost: 115 },
      { name: `processor at rest, over ${idleMs / 1000} s`, value: busy, unit: '%', atMost: 0.5 },
    ];
  } finally {
    await gateway.end('SIGTERM');
    await served.close();
  }
}

/** Asks until the newest message is this one; what the row needs and the answer needs are both in the time. */
async function newest(gateway: GatewayProcess, text: string): Promise<void> {
  await until(`"${text}"`, async () => {
    const [message] = await gateway.get<{ text: string }[]>('/get-sms?limit=1');
    return message?.text === text;
  });
}
