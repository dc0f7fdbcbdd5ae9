import type { Api } from '../test/support/gateway-process.ts';
import { type BenchNetwork, machineMs } from './distributed-network.ts';

const patienceMs = 10_000;

/** From the moment that the network hands a message over (the modem says `+CMTI`) to the answer of `/get-sms` with it, ms each; one at a time. */
export async function latenciesOf(network: BenchNetwork, api: Api, samples: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const text = `Sample ${sample}`;
    const begun = await network.deliver({ modem: sample % network.ports.length, text });
    for (;;) {
      const [message] = await api.get<{ text: string }[]>('/get-sms?limit=1');
      const ms = machineMs() - begun;
      if (message?.text === text) {
        latencies.push(ms);
        break;
      }
      if (ms > patienceMs) throw new Error(`waited ${patienceMs} ms in vain for "${text}"`);
    }
  }
  return latencies;
}
