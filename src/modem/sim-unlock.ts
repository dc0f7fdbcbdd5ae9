import { at, atCommand } from '../at/commands.ts';
import type { AtLine, RunOptions } from '../at/channel.ts';
import { readImsi, readZtePinTries } from '../at/replies/sim.ts';
import { type Clock, sleep } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { tryAsk } from './ask.ts';
import type { Profile } from './families/profile.ts';
import { decidePin } from './pin.ts';
import type { PinMemory } from './pin-memory.ts';
import { readIccidOf } from './sim-identity.ts';
import { readSimState } from './sim-state.ts';

export interface SimUnlockOptions extends RunOptions {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly pin: string | null;
  readonly pinMemory: PinMemory;
}

const pollMs = 2_000;
/** TS 27.007 §9.2: incorrect password; operation not allowed (no PIN is wanted after all). */
const wrongPassword = 16;
const notAllowed = 3;

/**
 * Waits for the SIM and enters its PIN where one is wanted. Tells whether one was entered.
 * @throws SimloftError `sim_…` when only a person can help, `store_unavailable` when a try could not be remembered.
 */
export async function unlockSim(line: Pick<AtLine, 'run'>, options: SimUnlockOptions): Promise<boolean> {
  const { clock, profile, pin, pinMemory, ...run } = options;
  const begun = clock.monotonic();
  let entered = false;
  for (;;) {
    const told = readSimState(await line.run(at.cpinRead(), run));
    // MediaTek sticks know nothing of a card that works.
    const sim =
      told === 'unknown' && readImsi((await tryAsk(line, at.cimi(), run))?.lines ?? []) !== null ? 'ready' : told;
    const card = sim === 'pin' && !entered ? await readIccidOf(line, profile, run) : null;
    const decision = decidePin({
      sim,
      pin,
      entered,
      tried: sim === 'pin' && !entered && pin !== null && pinMemory.tried(card, pin),
      triesLeft: sim === 'pin' && !entered ? await readTriesLeft(line, profile, run) : null,
      waitedMs: clock.monotonic() - begun,
    });
    switch (decision.type) {
      case 'ready':
        return entered;
      case 'give-up':
        throw new SimloftError(decision.code, decision.text);
      case 'enter':
        await enterPin(line, { ...options, pin: decision.pin, card });
        entered = true;
        break;
      case 'wait':
        await sleep(clock, pollMs, run.signal);
        break;
    }
  }
}

async function readTriesLeft(
  line: Pick<AtLine, 'run'>,
  { pinTries }: Profile,
  run: RunOptions,
): Promise<number | null> {
  if (pinTries === null) return null;
  const outcome = await tryAsk(line, atCommand(pinTries), run);
  return readZtePinTries(outcome?.lines ?? [])?.pin ?? null;
}

/** Noted on the disk before it is tried, forgotten after it was accepted: whatever happens between, there is no second try. */
async function enterPin(
  line: Pick<AtLine, 'run'>,
  { pin, card, pinMemory, signal }: SimUnlockOptions & { readonly pin: string; readonly card: string | null },
): Promise<void> {
  pinMemory.remember(card, pin);
  const outcome = await line.run(at.cpin(pin), signal === undefined ? {} : { signal });
  const code = !outcome.ok && outcome.error.kind === 'CME' ? outcome.error.code : null;
  if (outcome.ok || code === notAllowed) {
    pinMemory.forget(card, pin);
    return;
  }
  const why = code === wrongPassword ? 'The PIN is wrong' : `The modem refused the PIN (${outcome.error.text})`;
  throw new SimloftError('sim_pin_wrong', `${why}; it is not tried again. Set the right MODEM_PIN.`);
}
