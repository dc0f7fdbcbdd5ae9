import type { EventOf } from '../core/events.ts';
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
