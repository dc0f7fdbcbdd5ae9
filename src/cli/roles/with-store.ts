import type { Store } from '../../store/store.ts';
import type { Role } from './role.ts';

/** A role that owns its store: closed after it, and when it cannot begin. */
export async function withStore(store: Store, start: () => Promise<Role>): Promise<Role> {
  const role = await start().catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return {
    troubles: () => role.troubles(),
    async stop() {
      await role.stop();
      await store.close();
    },
  };
}
