import { bringPageUpToDate } from './page-build.ts';
import { soleName } from '../config/modems.ts';
import { openStore } from './open-parts.ts';
import { roleCommand } from './role-command.ts';
import { startApiRole } from './roles/api-role.ts';
import { withStore } from './roles/with-store.ts';

export const api = roleCommand({
  name: 'api',
  summary: 'Answers the API from the database. Any number may run.',
  details: 'Messages are sent through the modem MODEM_NAME unless a request names another.',
  needs: ['amqpUrl', 'databaseUrl'],
  settings: ['host', 'port', 'access', 'modemName', 'sendExpiry'],
  check(settings) {
    soleName(settings);
  },
  async start(parts) {
    const { settings } = parts;
    const store = await openStore({ ...parts, role: 'api' }, settings.dataDir);
    return withStore(store, async () => {
      const role = await startApiRole({ ...parts, store, modem: soleName(settings), demo: null });
      void bringPageUpToDate((line) => console.log(line));
      console.log(`The API answers at ${role.url}`);
      return role;
    });
  },
});
