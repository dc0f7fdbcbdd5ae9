import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { openModemPort } from '../transport/modem-port.ts';
import { lookAtPorts } from '../transport/seen-ports.ts';
import type { Command } from './command.ts';

export const ports: Command = {
  spec: {
    name: 'ports',
    summary: 'Lists serial ports, says which one answers AT, and why the others were left alone.',
    details: 'Only ports of known USB modems are asked; a Zigbee stick or a meter is never written to.',
    options: { json: { type: 'boolean', help: 'one JSON object a line' } },
  },

  async run({ flags }) {
    const open = (path: string) => openModemPort(path, { clock: systemClock, log: silentLogger });
    const { ports: seen, remarks } = await lookAtPorts({ clock: systemClock, open, ask: true, inUse: null });
    if (flags.has('json')) {
      for (const { path, stablePath, usb, reason, answers, imei, text } of seen) {
        const row = { port: path, stable: stablePath, usb, asked: answers !== null, answers: answers === true, imei };
        console.log(JSON.stringify({ ...row, reason, verdict: text }));
      }
      return 0;
    }
    for (const { path, stablePath, text } of seen) {
      console.log(`${path.padEnd(16)} ${text}`);
      if (stablePath !== null) console.log(`${' '.repeat(17)}${stablePath}`);
    }
    if (seen.length === 0)
      console.log('There is no serial port on this machine. Is the stick plugged in, and passed into the container?');
    for (const { text } of remarks) console.log(`\n${text}`);
    return 0;
  },
};
