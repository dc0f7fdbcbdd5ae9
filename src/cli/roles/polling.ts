import type { Polling } from '../../app/poller.ts';
import type { Settings } from '../../config/settings.ts';

/** What the settings say of polling. */
export const pollingOf = (settings: Settings): Polling => ({
  intervals: {
    operator: settings.operatorInterval,
    signal: settings.signalInterval,
    technology: settings.technologyInterval,
    sweep: settings.sweepInterval,
    balance: settings.balanceInterval,
  },
  balanceUssd: settings.balanceUssd,
  balancePattern: settings.balancePattern,
});
