import type { Settings } from '../../config/settings.ts';
import { type GuardOptions, lookupAll } from '../../webhook/guard.ts';

/** Where webhooks may lead to: anywhere but to the gateway itself. */
export const guardOf = ({ port, monitorPort }: Settings): GuardOptions => ({
  ownPorts: [port, ...(monitorPort === null ? [] : [monitorPort])],
  lookup: lookupAll,
});
