import { mkdirSync } from 'node:fs';
import type { HealthReason } from '../../app/queries.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Settings } from '../../config/settings.ts';
import type { OpenStream } from '../../core/byte-stream.ts';
import type { CommandHandler } from '../../core/commands.ts';
import { type Clock, sleep, systemClock } from '../../core/clock.ts';
import { toSimloftError } from '../../core/errors.ts';
import type { EventOf, ModemEvent } from '../../core/events.ts';
import { newId } from '../../core/ids.ts';
import { type Logger, silentLogger } from '../../core/logger.ts';
import { systemRandom } from '../../core/random.ts';
import { FilePinMemory } from '../../modem/pin-memory.ts';
import { ModemWorker } from '../../modem/worker.ts';
import type { Watch } from '../watch.ts';
import type { Role } from './role.ts';
import { WireTrace } from './wire-trace.ts';

export interface WorkerRoleOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly bus: Bus;
  /** The name that the modem has in all rows. */
  readonly modem: string;
  /** What a person calls the modem's port. */
  readonly port: string;
  readonly pin: string | null;
  readonly open: OpenStream;
  /** Where the memory of PINs lives. */
  readonly directory: string;
  /** Other processes note that a worker is lost; this one then tells again how its link stands. */
  readonly shared: boolean;
  readonly watch: Watch | null;
}

/** A message between Ctrl-Z and its answer gets this long at a stop; then its end is unknown. Below the 10 s that Docker waits. */
const lastWordMs = 8_000;
const retellMs = 30_000;

/**
 * Serves one modem, for as long as no other process does: a second worker of the same modem stands by, and takes over when the
 * first is gone.
 */
export function startWorkerRole(options: WorkerRoleOptions): Role {
  const role = new WorkerRole(options, systemClock);
  role.start();
  return role;
}

class WorkerRole implements Role {
  readonly #options: WorkerRoleOptions;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  readonly #trace: WireTrace;
  #life: Promise<void> = Promise.resolve();
  #serving = false;
  #link: EventOf<'link.changed'> | null = null;

  constructor(options: WorkerRoleOptions, clock: Clock) {
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    this.#options = options;
    this.#clock = clock;
    const { bus, modem } = options;
    this.#trace = new WireTrace(clock, (lines) => bus.announce({ type: 'wire', modem, lines }));
  }

  start(): void {
    this.#life = this.#live();
  }

  async troubles(): Promise<readonly HealthReason[]> {
    if (!this.#serving || this.#link?.state === 'ready') return [];
    const { code, text } = this.#link?.reason ?? { code: 'modem_not_ready', text: 'The modem is not ready yet.' };
    return [{ code, text }];
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { log, modem } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#serve(signal);
      } catch (error) {
        if (signal.aborted) return;
        const { code, message } = toSimloftError(error);
        log.warn({ code, modem }, `The modem is not served yet: ${message}`);
        await sleep(this.#clock, 1_000, signal).catch(() => {});
      }
    }
  }

  /** From the moment that the modem is ours until it is another's, or the stop. */
  async #serve(signal: AbortSignal): Promise<void> {
    const { bus, log, modem, watch } = this.#options;
    const worker = this.#newWorker();
    const execute = this.#answering(worker);
    const serving = await bus.serve(modem, watch?.commands(modem, execute) ?? execute, signal);
    log.info({ modem }, `This process serves the modem "${modem}".`);
    this.#serving = true;
    worker.start();
    const retelling = this.#retell(signal);
    await Promise.race([serving.lost, aborted(signal)]);
    this.#serving = false;
    retelling.cancel();
    const spoken = new AbortController();
    const patience = sleep(this.#clock, lastWordMs, spoken.signal).catch(() => {});
    await Promise.race([serving.stop(), patience]);
    spoken.abort();
    await worker.stop();
  }

  /** What the worker is asked; some of it is not about its modem but about the machine and the wire. */
  #answering(worker: ModemWorker): CommandHandler {
    return async (command, signal) => {
      switch (command.type) {
        case 'trace':
          this.#trace.tellFor(command.forMs);
          return { ok: true, value: null };
        case 'list-ports':
          return { ok: true, value: { type: 'ports', ...(await this.#lookAtPorts(command.ask, signal)) } };
        default:
          return worker.execute(command, signal);
      }
    };
  }

  /** Its modules are loaded only here: who does not look for a stick does not pay for them. */
  async #lookAtPorts(ask: boolean, signal: AbortSignal) {
    const [{ openModemPort }, { lookAtPorts }] = await Promise.all([
      import('../../transport/modem-port.ts'),
      import('../../transport/seen-ports.ts'),
    ]);
    const clock = this.#clock;
    const open = (path: string) => openModemPort(path, { clock, log: silentLogger });
    const { state = 'closed', port = null } = this.#link ?? {};
    const inUse = state === 'failed' || state === 'closed' ? null : port;
    return lookAtPorts({ clock, open, ask, inUse, signal });
  }

  #newWorker(): ModemWorker {
    const { settings, log, bus, modem, port, pin, open, directory, watch } = this.#options;
    const watched = <Answer>(tell: (event: ModemEvent) => Promise<Answer>) => watch?.publish(tell) ?? tell;
    const publish = watched((event) => bus.publish(event));
    return new ModemWorker({
      name: modem,
      run: newId(),
      port,
      open: this.#trace.watch(open),
      publish: (event) => {
        if (event.type === 'link.changed') this.#link = event;
        return publish(event);
      },
      ask: watched((event) => bus.ask(event)),
      clock: this.#clock,
      random: systemRandom,
      log: log.child({ modem }),
      pin,
      pinMemory: new FilePinMemory(directory),
      settings: {
        sweepIntervalMs: settings.sweepInterval,
        memory: settings.smsMemory,
        family: settings.modemFamily,
        rejectCalls: settings.calls === 'reject',
      },
    });
  }

  #retell(signal: AbortSignal): { cancel(): void } {
    if (!this.#options.shared || signal.aborted) return { cancel() {} };
    let telling = false;
    const again = () => {
      timer = this.#clock.after(retellMs, again);
      // While the broker is away one of them waits for it, not one more each time.
      if (this.#link === null || telling) return;
      telling = true;
      const event = { ...this.#link, id: newId(), at: this.#clock.now() };
      this.#options.bus.publish(event).then(
        () => {
          telling = false;
        },
        () => {},
      );
    };
    let timer = this.#clock.after(retellMs, again);
    return { cancel: () => timer.cancel() };
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
