import { modemsOf } from '../config/modems.ts';
import { systemClock } from '../core/clock.ts';
import { openModemPort } from '../transport/modem-port.ts';
import { roleCommand } from './role-command.ts';
import { together } from './roles/together.ts';
import { startWorkerRole } from './roles/worker-role.ts';

export const worker = roleCommand({
  name: 'worker',
  summary: 'Runs one modem or several, for a gateway whose other roles are elsewhere.',
  details:
    'It needs the modem and a broker, no database. Two workers with the same MODEM_NAME are one that works and one that stands by: it takes over when the first is gone. Several modems: MODEM_NAME and MODEM_PORT as lists of equal length, with commas.',
  needs: ['amqpUrl', 'modemPort'],
  settings: ['modemName', 'modemPin', 'modemFamily', 'smsMemory', 'calls', 'sweepInterval', 'dataDir'],
  check: modemsOf,
  async start({ settings, log, bus, watch }) {
    const directory = settings.dataDir;
    // All are looked at before the first is begun: one that names no port is said before anything runs.
    const modems = modemsOf(settings).map((modem) => ({
      ...modem,
      open: openModemPort(modem.port, { clock: systemClock, log }),
    }));
    const roles = modems.map(({ name: modem, ...its }) => {
      const role = startWorkerRole({ settings, log, bus, modem, ...its, directory, shared: true, watch });
      return [modem, role] as const;
    });
    const [first, ...others] = roles;
    return first !== undefined && others.length === 0 ? first[1] : together(new Map(roles));
  },
});
