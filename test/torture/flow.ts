import type { Random } from '../../src/core/random.ts';
import type { ServedVirtualModem } from '../../src/virtual/serve.ts';
import { type Api, askFor } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

/** How much goes through a gateway while it is tortured. */
export interface FlowPlan {
  readonly seed: number;
  /** Messages of 1 to 4 parts that are sent to it. */
  readonly incoming: number;
  /** Messages that it is asked to send. */
  readonly outgoing: number;
  say(line: string): void;
}

export interface TortureResult {
  /** Every broken promise in words; empty when all were kept. */
  readonly faults: readonly string[];
  /** Messages whose end nobody knows: allowed, counted. */
  readonly unknown: number;
}

interface StoredMessage {
  readonly id: number;
  readonly text: string;
}

/** What has been put in at both ends, and what must come of it. */
export class Flow {
  readonly #plan: FlowPlan;
  readonly #random: Random;
  readonly #served: ServedVirtualModem;
  readonly #received: string[] = [];
  /** Text of a message that was accepted → its id. */
  readonly #asked = new Map<string, number>();

  constructor(plan: FlowPlan, random: Random, served: ServedVirtualModem) {
    this.#plan = plan;
    this.#random = random;
    this.#served = served;
  }

  said(): string {
    return `${this.#received.length} messages came in, ${this.#asked.size} were asked for`;
  }

  /** Gives the network messages up to `share` of the plan. */
  deliver(share: number): void {
    while (this.#received.length < Math.ceil(this.#plan.incoming * share)) this.#deliver();
  }

  /** Asks for messages up to `share` of the plan. A request that the kill cut off is made again with the same key, as a client would. */
  async ask(gateway: Api, share: number): Promise<void> {
    const wanted = Math.ceil(this.#plan.outgoing * share);
    for (let number = 1; number <= wanted; number += 1) {
      const text = this.#outgoingText(number);
      if (this.#asked.has(text)) continue;
      const phone = `+7916555${String(number).padStart(4, '0')}`;
      const accepted = await askFor(gateway, { phone, text }, `torture-${this.#plan.seed}-${number}`);
      if (accepted === null) return;
      this.#asked.set(text, accepted.id);
    }
  }

  /** How long it took until all that was delivered can be read, ms; null when that took more than `limitMs`. */
  async allStored(api: Api, limitMs: number): Promise<number | null> {
    const begun = performance.now();
    try {
      await until('all that was delivered', async () => (await this.#storedNow(api)) >= this.#received.length, limitMs);
      return performance.now() - begun;
    } catch {
      return null;
    }
  }

  /** 0 while nobody answers. */
  async #storedNow(api: Api): Promise<number> {
    const messages = await api.get<StoredMessage[]>('/get-sms?limit=1000').catch(() => []);
    return new Set(messages.map(({ text }) => text)).size;
  }

  #deliver(): void {
    const number = this.#received.length + 1;
    const parts = 1 + this.#random.below(4);
    const word = this.#random.below(2) === 0 ? `message ${number} ` : `сообщение ${number} 👍 `;
    const length = word.startsWith('m') ? (parts === 1 ? 120 : 153 * parts - 20) : parts === 1 ? 60 : 67 * parts - 20;
    const text = word
      .repeat(Math.ceil(length / word.length))
      .slice(0, length)
      .trimEnd();
    this.#received.push(text);
    this.#served.modem.network.deliver({ from: `+7903${String(number).padStart(7, '0')}`, text });
  }

  #outgoingText(number: number): string {
    return `out ${number} ${'text '.repeat(number % 3 === 0 ? 40 : 4)}`.trimEnd();
  }

  /** Waits until both flows have come to rest, then counts. */
  async settle(gateway: Api): Promise<TortureResult> {
    const faults: string[] = [];
    const note = (fault: string) => void faults.push(fault);
    const { modem } = this.#served;
    await until(
      'the SIM and the network to be empty',
      () => modem.network.pending === 0 && modem.stored('SM').length === 0,
      60_000,
    ).catch((error: unknown) => note(String(error)));
    const stored = await until(
      'all messages in the store',
      async () => {
        const messages = await gateway.get<StoredMessage[]>('/get-sms?limit=1000');
        return messages.length >= this.#plan.incoming ? messages : null;
      },
      30_000,
    ).catch(async () => await gateway.get<StoredMessage[]>('/get-sms?limit=1000'));
    this.#compareReceived(stored, note);
    const unknown = await this.#compareSent(gateway, note);
    for (const misuse of modem.misuse) note(`misuse of the modem: ${misuse}`);
    this.#plan.say(
      `${stored.length} stored, ${this.#asked.size} sent or unknown (${unknown}), SIM holds ${modem.stored('SM').length}`,
    );
    return { faults, unknown };
  }

  #compareReceived(stored: readonly StoredMessage[], note: (fault: string) => void): void {
    const counts = new Map<string, number>();
    for (const { text } of stored) counts.set(text, (counts.get(text) ?? 0) + 1);
    for (const text of this.#received) {
      const count = counts.get(text) ?? 0;
      if (count !== 1) note(`"${text.slice(0, 30)}…" is in the store ${count} times`);
      counts.delete(text);
    }
    for (const text of counts.keys()) note(`"${text.slice(0, 30)}…" was never sent to us`);
  }

  async #compareSent(gateway: Api, note: (fault: string) => void): Promise<number> {
    let unknown = 0;
    for (const [text, id] of this.#asked) {
      const state = await until(`message ${id} to come to rest`, async () => {
        const message = await gateway.get<{ state: string }>(`/send-sms/${id}`);
        return message.state === 'queued' || message.state === 'sending' ? null : message.state;
      }).catch((error: unknown) => String(error));
      if (state === 'unknown') unknown += 1;
      else if (state !== 'sent' && state !== 'delivered') note(`"${text.slice(0, 20)}" is ${state}`);
    }
    const submitted = new Map<string, number>();
    for (const { recipient, text, part } of this.#served.modem.network.submitted) {
      const key = `part ${part ?? 1} to ${recipient}: ${text}`;
      submitted.set(key, (submitted.get(key) ?? 0) + 1);
    }
    for (const [key, count] of submitted) if (count > 1) note(`the network got ${count} × ${key.slice(0, 60)}`);
    const recipients = new Set(this.#served.modem.network.submitted.map(({ recipient }) => recipient));
    const missing = this.#asked.size - recipients.size;
    if (missing > unknown) note(`${missing} messages never reached the network, and only ${unknown} are unknown`);
    return unknown;
  }
}
