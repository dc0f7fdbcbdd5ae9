import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { DeliverRequest, NetworkFailure, ReportPlan, Submitted } from './contract.ts';
import { deliverPdu, type DeliverPart } from './deliver-pdu.ts';
import { MtQueue, type MtQueueOptions, type Outcome } from './mt-queue.ts';
import { octetsOfHex } from './octets.ts';
import type { Profile } from './profile.ts';
import { statusReportPdu } from './report-pdu.ts';
import { septetsOf } from './septets.ts';
import { splitText } from './split-text.ts';
import { moscowTime, timestampHex } from './timestamp-pdu.ts';

export interface ServiceCentreOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly profile: Profile;
  readonly handMessage: (pdu: string, done: (outcome: Outcome) => void) => void;
  readonly handReport: (pdu: string, done: (outcome: Outcome) => void) => void;
  readonly submitted: readonly Submitted[];
}

/** How long after a message its report comes, ms. */
const reportDelayMs = 2000;

/** Keeps messages for the modem until it has acknowledged them, takes those that it sends, and reports on them. */
export class ServiceCentre {
  readonly messages: MtQueue;
  readonly reports: MtQueue;
  readonly submitted: Submitted[];
  readonly #options: ServiceCentreOptions;
  readonly #failures: NetworkFailure[] = [];
  #reportPlan: ReportPlan = {};
  #losesNextAnswer = false;

  constructor(options: ServiceCentreOptions) {
    this.#options = options;
    this.submitted = [...options.submitted];
    const { clock, profile, random, handMessage, handReport } = options;
    const [from, to] = profile.deliveryGapMs;
    const gapMs = () => from + random.next() * (to - from);
    const queue: Omit<MtQueueOptions, 'hand'> = { clock, gapMs, redeliverMs: profile.redeliverMs };
    this.messages = new MtQueue({ ...queue, hand: handMessage });
    this.reports = new MtQueue({ ...queue, hand: handReport });
  }

  /** @throws SimloftError `request_invalid` for a time stamp that is not ISO 8601 with an offset, or an order that names no part. */
  deliver(request: DeliverRequest): void {
    const parts = this.#partsOf(request);
    const order = request.order ?? parts.map((_, index) => index + 1);
    for (const number of order) {
      const part = parts[number - 1];
      if (part === undefined)
        throw new SimloftError('request_invalid', `There is no part ${number}: the text makes ${parts.length}.`);
      this.messages.add(deliverPdu(part), request.gapMs);
    }
  }

  /** @throws SimloftError `request_invalid` when it is not hex. */
  deliverPdu(hex: string): void {
    if (octetsOfHex(hex) === null || hex.length < 4)
      throw new SimloftError('request_invalid', 'A PDU is an even number of hex digits, at least four.');
    this.messages.add(hex.toUpperCase());
  }

  take(submitted: Submitted): void {
    this.submitted.push(submitted);
    if (!submitted.reportRequested) return;
    let delay = 0;
    for (const status of this.#reportPlan.statuses ?? [0]) {
      delay += this.#reportPlan.delayMs ?? reportDelayMs;
      this.#options.clock.after(delay, () => this.#report(submitted, status));
    }
  }

  /** @throws SimloftError `request_invalid` when nothing was submitted with this reference. */
  report(messageReference: number, status: number): void {
    const found = this.submitted.findLast((submitted) => submitted.messageReference === messageReference);
    if (found === undefined)
      throw new SimloftError('request_invalid', `Nothing was sent with message reference ${messageReference}.`);
    this.#report(found, status);
  }

  setReports(plan: ReportPlan): void {
    this.#reportPlan = plan;
  }

  failNext(failure: NetworkFailure): void {
    for (let time = 0; time < (failure.times ?? 1); time += 1) this.#failures.push(failure);
  }

  takeFailure(): NetworkFailure | null {
    return this.#failures.shift() ?? null;
  }

  loseNextAnswer(): void {
    this.#losesNextAnswer = true;
  }

  takeLostAnswer(): boolean {
    const lost = this.#losesNextAnswer;
    this.#losesNextAnswer = false;
    return lost;
  }

  #report({ recipient, messageReference, at }: Submitted, status: number): void {
    const scts = timestampHex(moscowTime(at)) ?? '';
    const dischargeTime = timestampHex(moscowTime(this.#options.clock.now())) ?? '';
    this.reports.add(statusReportPdu({ messageReference, recipient, scts, dischargeTime, status }));
  }

  #partsOf(request: DeliverRequest): DeliverPart[] {
    const scts = timestampHex(request.scts ?? moscowTime(this.#options.clock.now()));
    if (scts === null)
      throw new SimloftError('request_invalid', 'The time stamp must look like 2025-01-21T12:34:36+03:00.');
    const head = { from: request.from, pid: request.pid ?? 0, scts };
    const classBits = request.flash === true ? 0x10 : 0;
    if (request.data !== undefined)
      return [{ ...head, dcs: request.dcs ?? 0x04 | classBits, content: { octets: request.data } }];
    const alphabet = request.alphabet ?? (septetsOf(request.text) === null ? 'ucs2' : 'gsm7');
    const dcs = request.dcs ?? (alphabet === 'ucs2' ? 0x08 : 0) | classBits;
    const referenceBits = request.referenceBits ?? 8;
    const texts = splitText(request.text, { alphabet, referenceBits });
    const content = (text: string) => (alphabet === 'ucs2' ? { ucs2: text } : { gsm7: text });
    if (texts.length === 1) return [{ ...head, dcs, content: content(request.text) }];
    const reference = request.reference ?? this.#options.random.below(referenceBits === 8 ? 0x100 : 0x1_0000);
    return texts.map((text, index) => ({
      ...head,
      dcs,
      content: content(text),
      part: { reference, referenceBits, total: texts.length, number: index + 1 },
    }));
  }
}
