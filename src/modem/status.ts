import type { AtChannel } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import { fieldsAfter } from '../at/fields.ts';
import { readMemories } from '../at/replies/memories.ts';
import { type OperatorAnswer, readOperator } from '../at/replies/operator.ts';
import { readSignal, signalDbm } from '../at/replies/signal.ts';
import type { MemoryUse, ModemStatus, StatusTopic } from '../core/modem-status.ts';
import { tryAsk } from './ask.ts';
import type { Profile } from './families/profile.ts';
import type { RegistrationWatch } from './registration.ts';
import { readSimState } from './sim-state.ts';
import { technologyOfAct, technologyOfZte } from './technology.ts';

/** Reads how the modem is, topic by topic; what it does not tell is null, what was not asked for is absent. */
export class StatusReader {
  readonly #channel: AtChannel;
  readonly #profile: Profile;
  readonly #registration: RegistrationWatch;
  /** The numeric name by the readable one: the network is asked for it only when it has changed. */
  #numeric: { readonly name: string; readonly numeric: string | null } | null = null;
  #operator: OperatorAnswer | null = null;
  #technology: string | null | undefined;

  constructor(options: { channel: AtChannel; profile: Profile; registration: RegistrationWatch }) {
    this.#channel = options.channel;
    this.#profile = options.profile;
    this.#registration = options.registration;
  }

  /** @throws SimloftError `port_closed`, `at_aborted`, and `at_timeout` of a modem that answers nothing. */
  async read(topics: readonly StatusTopic[], signal?: AbortSignal): Promise<ModemStatus> {
    let status: ModemStatus = {};
    for (const topic of new Set(topics)) {
      signal?.throwIfAborted();
      status = { ...status, ...(await this.#topic(topic)) };
    }
    return status;
  }

  /** ZTE's +ZPASR; null when it says nothing new. */
  noteTechnology(word: string): ModemStatus | null {
    const technology = technologyOfZte(word);
    if (technology === this.#technology) return null;
    this.#technology = technology;
    return { technology };
  }

  async #topic(topic: StatusTopic): Promise<ModemStatus> {
    switch (topic) {
      case 'operator':
        return { operator: await this.#readOperator() };
      case 'registration':
        return { registration: (await this.#registration.refresh(this.#channel)) ?? 'unknown' };
      case 'signal':
        return { signal: await this.#readSignal() };
      case 'technology':
        this.#technology = await this.#readTechnology();
        return { technology: this.#technology };
      case 'sim':
        return { sim: readSimState(await this.#channel.run(at.cpinRead())) };
      case 'storage':
        return { storage: await this.#readStorage() };
    }
  }

  async #readOperator(): Promise<NonNullable<ModemStatus['operator']>> {
    const answer = readOperator((await tryAsk(this.#channel, at.copsRead()))?.lines ?? []);
    this.#operator = answer;
    if (answer === null || answer.operator === null) return { name: null, numeric: null };
    if (answer.format === 2) return { name: null, numeric: answer.operator };
    const name = answer.operator;
    if (this.#numeric?.name !== name) this.#numeric = { name, numeric: await this.#readNumeric() };
    return { name, numeric: this.#numeric.numeric };
  }

  /** The form of the name is a setting, so nobody else may ask between. */
  #readNumeric(): Promise<string | null> {
    return this.#channel.exclusive('poll', async (line) => {
      if ((await tryAsk(line, at.copsFormat(2))) === null) return null;
      const answer = readOperator((await tryAsk(line, at.copsRead()))?.lines ?? []);
      await tryAsk(line, at.copsFormat(0));
      return answer?.format === 2 ? answer.operator : null;
    });
  }

  async #readSignal(): Promise<NonNullable<ModemStatus['signal']>> {
    const signal = readSignal((await tryAsk(this.#channel, at.csq()))?.lines ?? []);
    if (signal === null) return { rssi: null, dbm: null };
    return { rssi: signal.rssi <= 31 ? signal.rssi : null, dbm: signalDbm(signal.rssi) };
  }

  async #readTechnology(): Promise<string | null> {
    if (this.#profile.technology === 'zte') {
      const lines = (await tryAsk(this.#channel, at.zteTechnology()))?.lines ?? [];
      const word = (fieldsAfter(lines, '+ZPAS:') ?? fieldsAfter(lines, '+BEARTYPE:'))?.[0]?.text;
      if (word !== undefined) return technologyOfZte(word);
    }
    await this.#readOperator();
    const act = this.#operator?.act ?? null;
    if (act !== null || (this.#operator?.operator ?? null) === null) return technologyOfAct(act);
    await this.#registration.refresh(this.#channel);
    return technologyOfAct(this.#registration.act);
  }

  async #readStorage(): Promise<MemoryUse[]> {
    const uses = readMemories((await tryAsk(this.#channel, at.cpmsRead()))?.lines ?? []) ?? [];
    const byName = new Map<string, MemoryUse>();
    for (const { name, used, total } of uses) {
      if (name !== null && used !== null && total !== null) byName.set(name, { memory: name, used, total });
    }
    return [...byName.values()];
  }
}
