import { openStore } from './open-parts.ts';
import { roleCommand } from './role-command.ts';
import { startHandlerRole } from './roles/handler-role.ts';
import { withStore } from './roles/with-store.ts';

export const handler = roleCommand({
  name: 'handler',
  summary: 'Takes what the workers tell and writes it into the database. Any number may run.',
  details: 'Messages are decoded, joined and stored here; each event in one transaction.',
  needs: ['amqpUrl', 'databaseUrl'],
  settings: [],
  async start(parts) {
    const store = await openStore({ ...parts, role: 'handler' }, parts.settings.dataDir);
    return withStore(store, () => startHandlerRole({ ...parts, store }));
  },
});
