import { systemClock } from '../core/clock.ts';
import { openModemPort } from '../transport/modem-port.ts';
import { roleCommand } from './role-command.ts';
import { startWorkerRole } from './roles/worker-role.ts';

export const worker = roleCommand({
  name: 'worker',
  summary: 'Runs one modem, for a gateway whose other roles are elsewhere.',
  details:
    'It needs the modem and a broker, no database. Two workers with the same MODEM_NAME are one that works and one that stands by: it takes over when the first is gone.',
  needs: ['amqpUrl', 'modemPort'],
  settings: ['modemName', 'modemPin', 'modemFamily', 'smsMemory', 'calls', 'sweepInterval', 'dataDir'],
  async start({ settings, log, bus, watch }) {
    const port = settings.modemPort ?? 'auto';
    const open = openModemPort(port, { clock: systemClock, log });
    const { modemName: modem, dataDir: directory } = settings;
    return startWorkerRole({ settings, log, bus, modem, port, open, directory, shared: true, watch });
  },
});
