import { openStore } from './open-parts.ts';
import { roleCommand } from './role-command.ts';
import { startSchedulerRole } from './roles/scheduler-role.ts';
import { withStore } from './roles/with-store.ts';

export const scheduler = roleCommand({
  name: 'scheduler',
  summary: 'Hands over messages that are due and polls the modems. Any number may run; one of them fires each job.',
  details: 'The clocks of machines that run schedulers should agree within a few seconds.',
  needs: ['amqpUrl', 'databaseUrl'],
  settings: [
    'balanceUssd',
    'balancePattern',
    'balanceInterval',
    'operatorInterval',
    'signalInterval',
    'technologyInterval',
    'sweepInterval',
    'partialAfter',
  ],
  async start(parts) {
    const store = await openStore({ ...parts, role: 'scheduler' }, parts.settings.dataDir);
    parts.watch?.store(store);
    return withStore(store, async () => startSchedulerRole({ ...parts, store, shared: true }));
  },
});
