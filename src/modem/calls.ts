import type { AtChannel } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import type { Urc } from '../at/urc.ts';
import type { Timer } from '../core/clock.ts';
import type { ModemEvent } from '../core/events.ts';
import { newId } from '../core/ids.ts';
import { type CallEffect, type CallInput, type CallLife, nextCalls, nextCallTick, noCalls } from './call-life.ts';
import { eventBase, type ModemContext } from './context.ts';
import { tryAsk } from './ask.ts';

type CallUrc = Extract<Urc, { type: 'RING' | 'CLIP' | 'CCWA' | 'call-end' | 'missed-call' }>;

/** Keeps the record of who calls, and hangs up on them where that is wished. */
export class Calls {
  readonly #channel: AtChannel;
  readonly #context: ModemContext;
  #life: CallLife = noCalls;
  #timer: Timer | null = null;

  constructor(channel: AtChannel, context: ModemContext) {
    this.#channel = channel;
    this.#context = context;
  }

  /** A call rings at this moment. */
  get ringing(): boolean {
    return this.#life.open.length > 0;
  }

  hear(urc: CallUrc): void {
    const at = this.#context.clock.now();
    switch (urc.type) {
      case 'RING':
        // A data or fax call is no call for a person.
        if (urc.call?.includes('VOICE') ?? true) this.#apply({ type: 'ring', at, id: newId() });
        return;
      case 'CLIP':
      case 'CCWA': {
        const number = urc.number === '' ? null : urc.number;
        // TS 27.007 §7.6 <CLI validity>: 2 = the network on the way could not tell it, which nobody wished.
        const withheld = number === null && urc.validity !== 2;
        this.#apply({ type: urc.type === 'CLIP' ? 'clip' : 'waiting', at, id: newId(), number, withheld });
        return;
      }
      case 'call-end':
        this.#apply({ type: 'end', at });
        return;
      case 'missed-call':
        this.#apply({ type: 'missed', at, id: newId(), number: urc.number === '' ? null : urc.number });
        return;
    }
  }

  /** Ends or rejects whatever call there is (TS 27.007 §6.5, else V.250 §6.3.6). False when the modem refuses both. */
  async hangUp(): Promise<boolean> {
    const options = { priority: 'hang-up' } as const;
    const ended =
      (await tryAsk(this.#channel, at.chup(), options)) ?? (await tryAsk(this.#channel, at.hangUp(), options));
    if (ended !== null) this.#apply({ type: 'reject', at: this.#context.clock.now() });
    return ended !== null;
  }

  /** The link is gone: what rang is told as ended. */
  close(): void {
    this.#apply({ type: 'lose', at: this.#context.clock.now() });
    this.#timer?.cancel();
  }

  #apply(input: CallInput): void {
    const before = this.#life.open.length;
    const { life, effects } = nextCalls(this.#life, input);
    this.#life = life;
    for (const effect of effects) this.#tell(effect);
    if (this.#context.settings.rejectCalls && life.open.length > before) this.#reject();
    this.#timer?.cancel();
    const tick = nextCallTick(life);
    const { clock } = this.#context;
    if (tick !== null)
      this.#timer = clock.after(tick - clock.now(), () => this.#apply({ type: 'tick', at: clock.now() }));
  }

  #reject(): void {
    this.hangUp().catch((error: unknown) => this.#context.log.warn({ err: error }, 'A call could not be rejected.'));
  }

  #tell(effect: CallEffect): void {
    const { id: call, number, withheld, startedAt, rings } = effect.call;
    const base = { ...eventBase(this.#context), call, number, withheld, startedAt };
    const event: ModemEvent =
      effect.type === 'ringing'
        ? { ...base, type: 'call.ringing' }
        : { ...base, type: 'call.ended', endedAt: effect.at, rings, outcome: effect.outcome };
    this.#context
      .publishSurely(event)
      .catch((error: unknown) => this.#context.log.error({ err: error }, 'A call could not be made safe.'));
  }
}
