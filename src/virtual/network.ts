import type {
  CallRecord,
  DeliverRequest,
  NetworkFailure,
  ReportPlan,
  RingRequest,
  Submitted,
  UssdReply,
  VirtualNetwork,
} from './contract.ts';
import type { DialOutcome } from './exchange.ts';
import type { ModemCore } from './modem-core.ts';

/** The other side of the air, as tests and the control socket see it. */
export class Network implements VirtualNetwork {
  readonly #core: ModemCore;

  constructor(core: ModemCore) {
    this.#core = core;
  }

  get pending(): number {
    return this.#core.serviceCentre.messages.length;
  }

  get delivered(): number {
    return this.#core.serviceCentre.messages.acknowledged;
  }

  get submitted(): readonly Submitted[] {
    return this.#core.serviceCentre.submitted;
  }

  get ringing(): boolean {
    return this.#core.exchange.ringing;
  }

  get calls(): readonly CallRecord[] {
    return this.#core.exchange.calls;
  }

  deliver(request: DeliverRequest): void {
    this.#core.serviceCentre.deliver(request);
  }

  deliverPdu(hex: string): void {
    this.#core.serviceCentre.deliverPdu(hex);
  }

  report(messageReference: number, status: number): void {
    this.#core.serviceCentre.report(messageReference, status);
  }

  setReports(plan: ReportPlan): void {
    this.#core.serviceCentre.setReports(plan);
  }

  failNext(failure: NetworkFailure): void {
    this.#core.serviceCentre.failNext(failure);
  }

  loseNextAnswer(): void {
    this.#core.serviceCentre.loseNextAnswer();
  }

  loseNextAck(): void {
    this.#core.serviceCentre.messages.loseNextAck();
  }

  ring(request: RingRequest): void {
    this.#core.exchange.ring(request);
  }

  hangUp(): void {
    this.#core.exchange.hangUpRemotely();
  }

  setDialOutcome(outcome: DialOutcome): void {
    this.#core.exchange.dialOutcome = outcome;
  }

  setUssd(code: string, reply: UssdReply): void {
    this.#core.ussd.set(code, reply);
  }

  pushUssd(reply: UssdReply): void {
    this.#core.ussd.answer(reply);
  }

  setSignal(rssi: number): void {
    this.#core.air.signal = rssi;
  }

  get registration(): number {
    return this.#core.air.registration;
  }

  setRegistration(stat: number): void {
    this.#core.air.registration = stat;
    this.#core.networkChanged();
  }

  setOperator(operator: { readonly name: string; readonly mccMnc: string }): void {
    this.#core.air.operator = operator;
  }

  setTechnology(technology: string): void {
    this.#core.air.technology = technology;
  }
}
