import type { HealthReason } from '../../app/queries.ts';
import type { Role } from './role.ts';

/** Several roles of one process as one, each under a name that is said with its troubles. */
export function together(roles: ReadonlyMap<string, Role>): Role {
  return {
    async troubles() {
      const named = await Promise.all([...roles].map(([name, role]) => troublesOf(name, role)));
      return named.flat();
    },
    async stop() {
      const ends = await Promise.allSettled([...roles.values()].map((role) => role.stop()));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
  };
}

async function troublesOf(name: string, role: Role): Promise<HealthReason[]> {
  return (await role.troubles()).map((reason) => ({ ...reason, text: `${name}: ${reason.text}` }));
}
