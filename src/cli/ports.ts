import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import type { CandidatePort } from '../transport/candidate-ports.ts';
import { discover, tryProbe } from '../transport/find-modem.ts';
import { openModemPort } from '../transport/modem-port.ts';
import type { Command } from './command.ts';

export const ports: Command = {
  spec: {
    name: 'ports',
    summary: 'Lists serial ports, says which one answers AT, and why the others were left alone.',
    details: 'Only ports of known USB modems are asked; a Zigbee stick or a meter is never written to.',
    options: { json: { type: 'boolean', help: 'one JSON object a line' } },
  },

  async run({ flags }) {
    const { candidates, remarks } = await discover();
    const asJson = flags.has('json');
    for (const candidate of candidates) {
      const row = await rowOf(candidate);
      console.log(asJson ? JSON.stringify(row) : `${row.port.padEnd(16)} ${row.verdict}`);
      if (!asJson && row.stable !== null) console.log(`${' '.repeat(17)}${row.stable}`);
    }
    if (asJson) return 0;
    if (candidates.length === 0)
      console.log('There is no serial port on this machine. Is the stick plugged in, and passed into the container?');
    for (const remark of remarks) console.log(`\n${remark}`);
    return 0;
  },
};

async function rowOf(candidate: CandidatePort) {
  const { path: port, stablePath: stable, vendorId, productId, reason } = candidate;
  const usb = vendorId === null ? null : `${vendorId}:${productId}`;
  if (candidate.verdict === 'leave')
    return { port, stable, usb, asked: false, answers: false, imei: null, verdict: reason };
  const found = await tryProbe(openModemPort(port, { clock: systemClock, log: silentLogger }), systemClock);
  if (!found.answers)
    return { port, stable, usb, asked: true, answers: false, imei: null, verdict: `${reason}: ${found.reason}` };
  const verdict = `${reason}: answers AT. Use it with MODEM_PORT=${stable ?? port}`;
  return { port, stable, usb, asked: true, answers: true, imei: found.imei, verdict };
}
