import type { Clock, Timer } from '../core/clock.ts';
import type { UssdReply } from './contract.ts';

export interface UssdServerOptions {
  readonly clock: Clock;
  readonly delayMs: () => number;
  /** The event reaches the modem. */
  readonly say: (status: number, text: string | null) => void;
  readonly sendSms: (from: string, text: string) => void;
}

const balance: UssdReply = { text: 'Баланс: 123,45 р.' };
const menu: UssdReply = {
  text: 'Мой оператор\n1>Баланс\n2>Тариф "Домашний", 0 р/день\n0>Выход',
  status: 1,
  menu: {
    '1': balance,
    '2': { text: 'Ваш тариф "Домашний". Абонентская плата: 0 р/день.' },
    '0': { text: 'До свидания!' },
  },
};
const unknownRequest: UssdReply = { text: 'Неверный запрос.' };
const wrongChoice: UssdReply = { text: 'Такого пункта нет.', status: 2 };

/** The network's side of USSD (TS 27.007 §7.15): one session at a time, no number that tells which answer is to which request. */
export class UssdServer {
  readonly #options: UssdServerOptions;
  readonly #replies = new Map<string, UssdReply>([
    ['*100#', balance],
    ['*105#', balance],
    ['*102#', { text: 'Balance: 123.45 RUB' }],
    ['*111#', menu],
    ['*110#', { text: 'Ответ придёт в SMS', sms: { from: 'Balance', text: 'Баланс: 123,45 р.' } }],
  ]);
  #menu: Readonly<Record<string, UssdReply>> | null = null;
  #timer: Timer | null = null;

  constructor(options: UssdServerOptions) {
    this.#options = options;
  }

  /** A request or a menu is open. */
  get busy(): boolean {
    return this.#timer !== null || this.#menu !== null;
  }

  set(code: string, reply: UssdReply): void {
    this.#replies.set(code, reply);
  }

  /** @returns the reply that is to come; null while another request waits for its own. */
  find(text: string): UssdReply | null {
    if (this.#timer !== null) return null;
    if (this.#menu !== null) return this.#menu[text] ?? wrongChoice;
    return this.#replies.get(text) ?? unknownRequest;
  }

  /** Says it after its delay; at once where it is to come before OK. */
  answer(reply: UssdReply): void {
    this.#menu = null;
    if (reply.pleaseWait !== undefined) this.#options.say(0, reply.pleaseWait);
    const { text } = reply;
    const delay = reply.beforeOk === true ? 0 : (reply.delayMs ?? this.#options.delayMs());
    if (text === null && reply.status === undefined) {
      this.#timer = this.#options.clock.after(180_000, () => this.#end());
      return;
    }
    if (delay <= 0) this.#say(reply);
    else this.#timer = this.#options.clock.after(delay, () => this.#say(reply));
  }

  /** `AT+CUSD=2`, or power gone. @returns whether anything was open. */
  cancel(): boolean {
    const open = this.busy;
    this.#end();
    return open;
  }

  #say(reply: UssdReply): void {
    this.#end();
    if (reply.status === 1) this.#menu = reply.menu ?? {};
    this.#options.say(reply.status ?? 0, reply.text);
    if (reply.sms !== undefined) this.#options.sendSms(reply.sms.from, reply.sms.text);
  }

  #end(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#menu = null;
  }
}
