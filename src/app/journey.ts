import type { EventOf } from '../core/events.ts';
import { type StatusReportKind, statusReportKind } from '../pdu/status.ts';
import type { Step } from '../store/records.ts';

/** The way of a message through the roles, as steps with their times. No step holds a text or a number. */

type Part = 'part.sending' | 'part.sent' | 'part.failed' | 'part.unknown';

/** The id that all log lines about a message to send carry. */
export const traceOf = (messageId: number): string => `out-${messageId}`;

export function outgoingStep(messageId: number, at: number, role: string, what: string): Step {
  return { direction: 'out', messageId, at, role, what, trace: traceOf(messageId) };
}

/** What an event about a part means for the way of its message. */
export function partSteps(event: EventOf<Part>): Step[] {
  const step = (what: string, at = event.at, role = 'worker') => outgoingStep(event.messageId, at, role, what);
  const part = `part ${event.seq}, try ${event.attempt}`;
  switch (event.type) {
    case 'part.sending':
      return [step(`handed over: ${part}`, event.handedAt, 'scheduler'), step(`asked for leave to send ${part}`)];
    case 'part.sent':
      return [step(`sent: ${part}, reference ${event.messageReference}`)];
    case 'part.failed':
      return [step(`not sent: ${part}, ${failureOf(event)}`)];
    case 'part.unknown':
      return [step(`unknown end: ${part}`)];
  }
}

const failureOf = ({ failure: { source, code, kind } }: EventOf<'part.failed'>): string =>
  source === 'none' ? kind : `${source}${code === null ? '' : ` ${code}`} (${kind})`;

const reportWords: Readonly<Record<StatusReportKind, string>> = {
  delivered: 'delivered',
  forwarded: 'passed on by the centre, which cannot tell more',
  replaced: 'replaced by a later message',
  pending: 'not delivered yet',
  expired: 'expired at the centre',
  failed: 'not delivered',
};

/** What a report says of a part. */
export interface ReportedPart {
  readonly messageId: number;
  readonly seq: number;
  /** TP-ST, TS 23.040 §9.2.3.15. */
  readonly status: number;
  /** The event that brought the report, or the answer that told whose report it was. */
  readonly trace: string;
  readonly now: number;
}

/** A status report, as it is applied to the part that it is about. */
export function reportStep({ messageId, seq, status, trace, now }: ReportedPart): Step {
  const what = `reported: part ${seq} ${reportWords[statusReportKind(status)]} (status ${status})`;
  return { direction: 'out', messageId, at: now, role: 'handler', what, trace };
}

/** A received PDU: read by the worker, stored by the handler. */
export function arrivalSteps(event: EventOf<'pdu.received'>, messageId: number, now: number): Step[] {
  const place =
    event.source === 'direct' ? 'given by the modem' : `read from ${event.memory ?? '?'} ${event.slot ?? '?'}`;
  const step = { direction: 'in', messageId, trace: event.id } as const;
  return [
    { ...step, at: event.at, role: 'worker', what: `${place} (${event.found})` },
    { ...step, at: now, role: 'handler', what: 'stored' },
  ];
}
