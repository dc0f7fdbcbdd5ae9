import type { Clock, Timer } from '../core/clock.ts';
import { fail, type Pending, type Reply } from './answer.ts';
import type { CallRecord, RingRequest } from './contract.ts';
import { IncomingCall } from './incoming-call.ts';
import type { Profile } from './profile.ts';
import type { Settings } from './settings.ts';

export interface ExchangeOptions {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly settings: () => Settings;
  readonly reachable: () => boolean;
  readonly indicate: (...lines: readonly string[]) => void;
}

export type DialOutcome = 'rings' | 'answers' | 'busy' | 'no-carrier';

interface OutgoingCall {
  readonly number: string;
  readonly at: number;
  /** `<stat>` of TS 27.007 §7.18: 2 dialling, 3 alerting, 0 active. */
  stat: 0 | 2 | 3;
  timer: Timer | null;
  /** Ends the ATD that waits for this call. */
  settle: ((final: 'NO CARRIER' | 'BUSY' | 'CONNECT') => void) | null;
}

/** How long the other end rings before it answers, ms. */
const answersAfterMs = 3000;

/** Calls, both ways: TS 27.007 §6, §7.6 and §7.18. */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #calls: CallRecord[] = [];
  #incoming: IncomingCall | null = null;
  #outgoing: OutgoingCall | null = null;
  dialOutcome: DialOutcome = 'rings';

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  get ringing(): boolean {
    return this.#incoming !== null;
  }

  get calls(): readonly CallRecord[] {
    return this.#calls;
  }

  /** A call to a modem that cannot be reached, or that has one already, never rings. */
  ring(request: RingRequest): void {
    const { clock, settings, indicate, profile } = this.#options;
    if (!this.#options.reachable() || this.#incoming !== null || this.#outgoing !== null) {
      this.#calls.push({ direction: 'in', number: request.from, rings: 0, end: 'refused', at: clock.now() });
      return;
    }
    const noCarrier = request.noCarrier ?? profile.noCarrier;
    const call = new IncomingCall({
      clock,
      request,
      settings,
      indicate,
      gone: () => this.#endIncoming('caller-gone', noCarrier),
    });
    this.#incoming = call;
    call.begin();
  }

  /** The caller, or the called one, hangs up. */
  hangUpRemotely(): void {
    if (this.#incoming !== null) this.#endIncoming('caller-gone', this.#options.profile.noCarrier);
    if (this.#outgoing !== null) this.#endOutgoing('NO CARRIER');
  }

  /** `AT+CHUP`, `ATH`. */
  hangUp(): void {
    if (this.#incoming !== null) this.#endIncoming(this.#incoming.answered ? 'hung-up' : 'rejected', false);
    if (this.#outgoing !== null) this.#endOutgoing(null);
  }

  /** `ATA`. @returns false when nothing rings. */
  answer(): boolean {
    if (this.#incoming === null || this.#incoming.answered) return false;
    this.#incoming.answer();
    return true;
  }

  /** `ATD…;` — any character ends it while it waits (V.250 §5.6.1). */
  dial(number: string): Reply {
    if (this.#incoming !== null || this.#outgoing !== null) return fail('BUSY');
    if (!this.#options.reachable()) return fail('NO CARRIER');
    if (!this.#options.profile.dialAnswersLate) {
      this.#begin(number, null);
      return { kind: 'answer', final: 'OK', lines: [], work: 'quick' };
    }
    const pending: Pending = {
      kind: 'pending',
      what: 'ATD',
      patienceMs: 0,
      begin: (settle) => {
        this.#begin(number, (final) => settle(fail(final)));
        return () => this.hangUp();
      },
    };
    return pending;
  }

  /** Lines of `AT+CLCC`. */
  list(): readonly string[] {
    const incoming = this.#incoming;
    const outgoing = this.#outgoing;
    if (incoming !== null) return [`+CLCC: 1,1,${incoming.answered ? 0 : 4},0,0${numberFields(incoming.number)}`];
    if (outgoing !== null) return [`+CLCC: 1,0,${outgoing.stat},0,0${numberFields(outgoing.number)}`];
    return [];
  }

  /** Power is gone. */
  reset(): void {
    this.#incoming?.stop();
    this.#incoming = null;
    this.#outgoing?.timer?.cancel();
    this.#outgoing = null;
  }

  #begin(number: string, settle: OutgoingCall['settle']): void {
    const call: OutgoingCall = { number, at: this.#options.clock.now(), stat: 2, timer: null, settle };
    this.#outgoing = call;
    const alert = () => {
      call.stat = 3;
      if (this.dialOutcome === 'answers')
        call.timer = this.#options.clock.after(answersAfterMs, () => this.#answered(call));
      else if (this.dialOutcome !== 'rings') this.#endOutgoing(this.dialOutcome === 'busy' ? 'BUSY' : 'NO CARRIER');
    };
    if (this.#options.profile.alertingMs === 0) alert();
    else call.timer = this.#options.clock.after(this.#options.profile.alertingMs, alert);
  }

  #answered(call: OutgoingCall): void {
    call.stat = 0;
    call.settle?.('CONNECT');
    call.settle = null;
  }

  #endIncoming(end: 'caller-gone' | 'rejected' | 'hung-up', noCarrier: boolean): void {
    const call = this.#incoming;
    if (call === null) return;
    this.#incoming = null;
    call.stop();
    this.#calls.push({ direction: 'in', number: call.number, rings: call.rings, end, at: call.at });
    if (noCarrier) this.#options.indicate('NO CARRIER');
  }

  #endOutgoing(tells: 'NO CARRIER' | 'BUSY' | null): void {
    const call = this.#outgoing;
    if (call === null) return;
    this.#outgoing = null;
    call.timer?.cancel();
    const end = call.stat === 0 ? 'answered' : tells === null ? 'hung-up' : 'refused';
    this.#calls.push({ direction: 'out', number: call.number, rings: 0, end, at: call.at });
    if (tells !== null && call.settle !== null) call.settle(tells);
    else if (tells !== null) this.#options.indicate(tells);
  }
}

function numberFields(number: string | null): string {
  if (number === null) return ',"",128';
  return number.startsWith('+') ? `,"${number}",145` : `,"${number}",129`;
}
