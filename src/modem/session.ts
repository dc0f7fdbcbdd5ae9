import { AtChannel } from '../at/channel.ts';
import { at, atCommand } from '../at/commands.ts';
import type { Urc } from '../at/urc.ts';
import type { ByteStream } from '../core/byte-stream.ts';
import { sleep } from '../core/clock.ts';
import type { CommandResult, RestartCommand } from '../core/commands.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { ModemIdentity } from '../core/modem-status.ts';
import { isTimeout } from './ask.ts';
import type { Attempts } from './attempts.ts';
import { bringUp, type OpenInbox } from './bring-up.ts';
import type { ModemContext } from './context.ts';
import { Desk, type DeskCommand } from './desk.ts';
import { isDirect, publishDirect } from './direct.ts';
import type { Profile } from './families/profile.ts';
import { type InboxSettings, settingsHold } from './initialise.ts';
import type { PinMemory } from './pin-memory.ts';
import type { RecoveryAction, Trouble } from './recovery.ts';
import { done, refused } from './results.ts';
import type { SimIdentity } from './sim-identity.ts';
import { simStateOf } from './sim-state.ts';
import type { UssdHabit } from './ussd.ts';

/** What outlives a link. */
export interface Lasting {
  readonly attempts: Attempts;
  /** The family, once it is known: a modem that has fallen silent does not tell it any more. */
  profile: Profile | null;
  ussdHabit: UssdHabit;
  sim: SimIdentity | null;
}

export interface SessionOptions {
  readonly stream: ByteStream;
  readonly context: ModemContext;
  readonly pin: string | null;
  readonly pinMemory: PinMemory;
  readonly lasting: Lasting;
  /** How far it has come. */
  readonly onStage: (stage: 'synchronised' | 'identified' | 'initialised', identity: ModemIdentity | null) => void;
}

/** Why a link is over. */
export interface SessionEnd {
  readonly trouble: Trouble;
  readonly error: SimloftError;
}

export type SessionCommand = DeskCommand | RestartCommand;

/** Lines that only a modem that has just started prints; others of its kind follow them for half a minute. */
const freshStart = /^(?:RDY|\^SYSSTART|\*ATREADY|\+READY|READY|START)/i;
/** How often PDU mode and indications are looked at; some firmware forgets them. */
const settingsCheckMs = 600_000;
/** After a command without an answer the next sign of life is asked for soon. */
const worriedMs = 1_000;
/** So many refusals in a row of what was accepted before, and the modem is initialised again. */
const refusalsToGiveUp = 5;
/** Indications that come before there is anybody to take them. */
const mostEarly = 1_000;

/** One open port: from the first call to the modem until the port closes or the modem must be met anew. */
export class Session {
  readonly #options: SessionOptions;
  readonly #channel: AtChannel;
  readonly #over = Promise.withResolvers<SessionEnd>();
  readonly #stopping = new AbortController();
  readonly #early: Urc[] = [];
  #desk: Desk | null = null;
  #inbox: InboxSettings | null = null;
  #ready = false;
  #checking = false;
  /** Somebody waits for a reason to try again. */
  #wake: () => void = () => {};

  constructor(options: SessionOptions) {
    const { stream, context } = options;
    this.#options = options;
    this.#channel = new AtChannel(stream, {
      clock: context.clock,
      log: context.log,
      pauseMs: context.settings.pauseMs,
      onUrc: (urc) => this.#hear(urc),
      onEcho: () => this.#restarted('it echoes commands again'),
      onClose: (error) => this.#closed(error),
      onDead: (timeouts) =>
        this.#end(
          'silent',
          new SimloftError('modem_silent', `The modem left ${timeouts} commands in a row unanswered.`),
        ),
    });
  }

  /** Brings the modem up and stays with it. Resolves when that is over; never rejects. Close it then. */
  async run(): Promise<SessionEnd> {
    this.#bringUp()
      .then(() => this.#watch())
      .catch((error: unknown) => this.#end(troubleOf(error), toSimloftError(error)));
    return this.#over.promise;
  }

  /** Never rejects. */
  execute(command: SessionCommand, signal: AbortSignal): Promise<CommandResult> {
    if (!this.#ready || this.#desk === null) return Promise.resolve(refused('modem_not_ready'));
    if (command.type === 'restart') return this.#restart();
    return this.#desk.execute(command, AbortSignal.any([signal, this.#stopping.signal]));
  }

  /** The link ends with it and comes back by itself. */
  async #restart(): Promise<CommandResult> {
    await this.recover('restart-modem');
    this.#end('port', new SimloftError('modem_not_ready', 'The modem restarts because somebody asked for it.'));
    return done();
  }

  /** Sends what the ladder prescribes; the modem may vanish over it. */
  async recover(action: RecoveryAction): Promise<void> {
    const { profile } = this.#options.lasting;
    const ways = { reopen: undefined, 'reset-radio': profile?.radioReset, 'restart-modem': profile?.restart };
    for (const text of ways[action] ?? []) {
      const command = atCommand(text);
      try {
        const outcome = await this.#channel.run(command, { timeoutMs: 5_000 });
        if (outcome.ok && action === 'restart-modem') return;
      } catch {
        if (this.#channel.closed) return;
        // The channel writes nothing more to a line that does not answer; but who does not speak may still hear.
        await this.#options.stream.write(new TextEncoder().encode(`\r${command.text}\r`)).catch(() => {});
      }
    }
  }

  /** Keeps the port open and read (a stick that nobody reads crashes) for `ms`, or until the SIM says something new or the port closes. */
  async hold(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await sleep(this.#options.context.clock, ms, AbortSignal.any([signal, woken.signal])).catch(() => {});
  }

  /** Ends the waiting of {@link hold}. */
  tryAgain(): void {
    this.#wake();
  }

  async close(): Promise<void> {
    this.#end('port', new SimloftError('port_closed'));
    await this.#channel.close();
  }

  async #bringUp(): Promise<void> {
    const { context, pin, pinMemory, lasting, onStage } = this.#options;
    await this.#channel.synchronise();
    onStage('synchronised', null);
    const identity = await bringUp(this.#channel, {
      context,
      pin,
      pinMemory,
      simBefore: lasting.sim,
      signal: this.#stopping.signal,
      onMake: ({ profile, ...make }) => {
        lasting.profile = profile;
        const name = `${make.manufacturer} ${make.model}`;
        if (lasting.ussdHabit.of !== name) lasting.ussdHabit = { of: name, coding: null };
        const unknown = { firmware: null, imei: null, imsi: null, iccid: null };
        onStage('identified', { family: profile.name, ...make, ...unknown });
      },
      onInbox: (inbox) => this.#open(inbox),
    });
    this.#stopping.signal.throwIfAborted();
    this.#ready = true;
    onStage('initialised', identity);
  }

  /** From here on messages come in: those that lie there already first. */
  #open({ sim, profile, settings }: OpenInbox): void {
    const { context, lasting } = this.#options;
    lasting.sim = sim;
    this.#inbox = settings;
    if (settings.indications === null)
      context.log.warn({}, 'The modem indicates no new messages; they are found by looking through its memories.');
    const desk = new Desk({
      channel: this.#channel,
      context,
      profile,
      plan: settings.plan,
      sim: sim.iccid ?? sim.imsi,
      attempts: lasting.attempts,
      ussdHabit: lasting.ussdHabit,
      onTrouble: (error) => this.#end(troubleOf(error), error),
    });
    this.#desk = desk;
    desk.sweep('The modem has come up.');
    for (const urc of this.#early.splice(0)) desk.hear(urc);
  }

  #hear(urc: Urc): void {
    if (urc.type === 'boot' && freshStart.test(urc.sign)) this.#restarted(`it says ${urc.sign}`);
    else if (urc.type === 'boot' && this.#ready) this.#checkSettings();
    if (urc.type === 'sim' && this.#ready && simStateOf(urc.state) === 'missing')
      this.#end('sim', new SimloftError('sim_missing'));
    if (urc.type === 'boot' || urc.type === 'sim') this.#wake();
    // What is not stored must not be lost; all else is found again by the next link.
    if (this.#stopping.signal.aborted && !isDirect(urc)) return;
    if (this.#desk !== null) this.#desk.hear(urc);
    else if (this.#stopping.signal.aborted) this.#saveDirect([urc]);
    else if (this.#early.length < mostEarly) this.#early.push(urc);
  }

  #saveDirect(urcs: readonly Urc[]): void {
    const { context, lasting } = this.#options;
    const sim = lasting.sim?.iccid ?? lasting.sim?.imsi ?? null;
    for (const urc of urcs.filter(isDirect)) publishDirect(context, sim, urc);
  }

  #restarted(sign: string): void {
    this.#end('port', new SimloftError('modem_not_ready', `The modem has restarted by itself (${sign}).`));
  }

  #closed(error?: Error): void {
    this.#wake();
    const name = this.#options.stream.name;
    const cause = error === undefined ? {} : { cause: error };
    this.#end(
      'port',
      new SimloftError(
        'port_closed',
        `The port ${name} has closed: the modem was pulled out or lost its power.`,
        cause,
      ),
    );
  }

  /** The first reason counts. */
  #end(trouble: Trouble, error: SimloftError): void {
    if (this.#stopping.signal.aborted) return;
    this.#ready = false;
    this.#stopping.abort(error);
    this.#desk?.close(error);
    this.#saveDirect(this.#early.splice(0));
    this.#over.resolve({ trouble, error });
  }

  /** Signs of life, sweeps and settings, for as long as the link lasts. */
  async #watch(): Promise<void> {
    const { clock, settings, log } = this.#options.context;
    const { signal } = this.#stopping;
    let checkedAt = clock.monotonic();
    let refusals = 0;
    let pause = settings.sweepIntervalMs;
    while (!signal.aborted) {
      await sleep(clock, pause, signal);
      pause = settings.sweepIntervalMs;
      try {
        await this.#channel.run(at.probe(), { signal });
        const now = clock.monotonic();
        if (now - (this.#desk?.inbox.lastSweepAt ?? now) >= settings.sweepIntervalMs) {
          // A store that hangs holds up the sweep, but not the signs of life.
          await Promise.race([this.#desk?.inbox.sweep(), sleep(clock, settings.sweepIntervalMs, signal)]);
        }
        if (now - checkedAt >= settingsCheckMs) {
          checkedAt = now;
          this.#checkSettings();
        }
        refusals = 0;
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error }, 'The modem did not answer as it should.');
        // Time-outs are counted by the channel, which ends the link after three.
        if (isTimeout(error)) pause = worriedMs;
        else if (troubleOf(error) === 'sim' || ++refusals >= refusalsToGiveUp) throw error;
      }
    }
  }

  #checkSettings(): void {
    if (this.#checking || this.#inbox === null) return;
    this.#checking = true;
    const { clock, log } = this.#options.context;
    settingsHold(this.#channel, this.#inbox, { clock, signal: this.#stopping.signal })
      .then((hold) => {
        if (hold) this.#desk?.sweep('The modem says that it has started.');
        else this.#end('port', new SimloftError('modem_not_ready', 'The modem has forgotten its settings.'));
      })
      .catch((error: unknown) => log.debug({ err: error }, 'The settings of the modem could not be checked.'))
      .finally(() => {
        this.#checking = false;
      });
  }
}

/** What an error while the modem comes up says about what to do. */
function troubleOf(error: unknown): Trouble {
  const { code } = toSimloftError(error);
  if (code.startsWith('sim_')) return 'sim';
  if (code === 'modem_silent') return 'silent';
  return code === 'port_closed' ? 'port' : 'broken';
}
