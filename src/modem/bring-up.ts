import type { AtChannel } from '../at/channel.ts';
import type { ModemIdentity } from '../core/modem-status.ts';
import type { ModemContext } from './context.ts';
import type { Profile } from './families/profile.ts';
import { type Make, readDetails, readMake } from './identity.ts';
import { addComforts, type InboxSettings, prepareInbox, quieten, wakeUp } from './initialise.ts';
import type { PinMemory } from './pin-memory.ts';
import { readSimIdentity, type SimIdentity } from './sim-identity.ts';
import { unlockSim } from './sim-unlock.ts';

/** All that is needed to receive. */
export interface OpenInbox {
  readonly profile: Profile;
  readonly sim: SimIdentity;
  readonly settings: InboxSettings;
}

export interface BringUpOptions {
  readonly context: ModemContext;
  readonly pin: string | null;
  readonly pinMemory: PinMemory;
  /** Who the SIM was in the last link; null when there was none. */
  readonly simBefore: SimIdentity | null;
  readonly signal: AbortSignal;
  /** It is known what modem this is. */
  readonly onMake: (make: Make) => void;
  /** Messages can come in: what lies there already may be read while the rest is set up. */
  readonly onInbox: (inbox: OpenInbox) => void;
}

/**
 * From a line that answers to a modem in order: what it is, its radio, its SIM, its messages, and then all that could wait.
 * @throws SimloftError `sim_…` when only a person can help, `at_error` when the modem refuses what a gateway cannot do without,
 * `at_timeout`, `port_closed`, `store_unavailable` when a try of the PIN could not be remembered.
 */
export async function bringUp(channel: AtChannel, options: BringUpOptions): Promise<ModemIdentity> {
  const { context, pin, pinMemory, simBefore, signal, onMake, onInbox } = options;
  const { clock, settings } = context;
  const ask = { clock, signal };
  const make = await readMake(channel, settings.family, { signal });
  const { profile, manufacturer, model } = make;
  onMake(make);
  await wakeUp(channel, profile, ask);
  if (await unlockSim(channel, { ...ask, profile, pin, pinMemory })) await quieten(channel, profile, ask);
  const sim = await readSimIdentity(channel, { ...ask, profile, before: simBefore });
  onInbox({ profile, sim, settings: await prepareInbox(channel, { profile, memory: settings.memory }, ask) });
  await addComforts(channel, profile, ask);
  return { family: profile.name, manufacturer, model, ...(await readDetails(channel, { signal })), ...sim };
}
