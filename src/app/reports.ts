import type { EventOf } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import { nextState, type StateInput } from '../core/message-state.ts';
import { type StatusReportKind, statusReportKind } from '../pdu/status.ts';
import type { StatusReport as StatusReportTpdu } from '../pdu/tpdu.ts';
import type { StatusReport } from '../store/records.ts';
import type { StoreTransaction } from '../store/store.ts';
import { reportStep, traceOf } from './journey.ts';
import { openMessage, settle } from './outgoing-state.ts';

/** A message reference comes round after 256 messages; an older message is not what a report is about. */
const reportWindowMs = 7 * 86_400_000;
/** How long a report may be ahead of the modem's answer that names its reference. */
const earlyWindowMs = 10 * 60_000;

/** A STATUS-REPORT and the event that brought it. */
export interface ArrivedReport {
  readonly event: EventOf<'pdu.received'>;
  readonly tpdu: StatusReportTpdu;
  /** What the report is; the same again changes nothing. */
  readonly key: string;
}

/**
 * Keeps a report and settles the part that it is about: the newest one with its reference and recipient, else one whose
 * answer was lost. Where there is none yet it waits, since a report may overtake the modem's answer.
 */
export async function receiveReport(
  tx: StoreTransaction,
  { event, tpdu, key }: ArrivedReport,
  now: number,
): Promise<LiveNotice[]> {
  if ((await tx.reportByKey(key)) !== null || (await tx.isForgotten(key))) return [];
  const { messageReference, status } = tpdu;
  const recipient = tpdu.recipientAddress.number;
  const candidates = (await tx.partsForReport(event.modem, messageReference, now - reportWindowMs)).filter((part) =>
    sameRecipient(part.recipient, recipient),
  );
  const part =
    candidates.find((candidate) => candidate.state === 'sent' && candidate.messageReference === messageReference) ??
    candidates.find((candidate) => candidate.state === 'unknown') ??
    candidates.find((candidate) => candidate.messageReference === messageReference) ??
    null;
  await tx.addReport({
    modem: event.modem,
    key,
    pdu: event.pdu,
    messageReference,
    recipient,
    status,
    dischargedAt: tpdu.dischargeTime.at,
    receivedAt: event.at,
    messageId: part?.messageId ?? null,
    seq: part?.seq ?? null,
  });
  return part === null ? [] : applyReport(tx, part, { status, messageReference, now, trace: event.id });
}

/** Settles a part that has just been sent by a report that was there first. */
export async function matchEarlyReports(
  tx: StoreTransaction,
  event: EventOf<'part.sent'>,
  now: number,
): Promise<LiveNotice[]> {
  const message = await tx.outgoingMessage(event.messageId);
  if (message === null) return [];
  const waiting = await tx.unmatchedReports(event.modem, event.messageReference, event.at - earlyWindowMs);
  const fitting = waiting.filter((report) => sameRecipient(message.recipient, report.recipient));
  const notices: LiveNotice[] = [];
  for (const report of fitting.toSorted((a, b) => a.receivedAt - b.receivedAt))
    notices.push(...(await matchReport(tx, event, report, now)));
  return notices;
}

async function matchReport(
  tx: StoreTransaction,
  { messageId, seq }: EventOf<'part.sent'>,
  report: StatusReport,
  now: number,
): Promise<LiveNotice[]> {
  await tx.changeReport(report.id, { messageId, seq });
  return applyReport(tx, { messageId, seq }, { ...report, now, trace: traceOf(messageId) });
}

interface Reported {
  readonly status: number;
  readonly messageReference: number;
  readonly now: number;
  readonly trace: string;
}

/**
 * What each kind of TP-ST makes of a part (TS 23.040 §9.2.3.15); null where nobody can tell yet, or ever, whether the
 * receiver has it.
 */
const inputs: Readonly<Record<StatusReportKind, StateInput | null>> = {
  delivered: 'deliver',
  forwarded: null,
  replaced: null,
  pending: null,
  expired: 'expire',
  failed: 'undeliver',
};

async function applyReport(
  tx: StoreTransaction,
  place: { readonly messageId: number; readonly seq: number },
  { status, messageReference, now, trace }: Reported,
): Promise<LiveNotice[]> {
  const open = await openMessage(tx, place.messageId);
  const part = open?.parts.find(({ seq }) => seq === place.seq);
  if (open === null || part === undefined) return [];
  const input = inputs[statusReportKind(status)];
  // Whatever became of a part of unknown end, a report shows that it has left.
  const left = part.state === 'unknown' ? nextState(part.state, 'sent') : part.state;
  const state = input === null ? left : nextState(left, input);
  const change = { state, reportStatus: status, messageReference: part.messageReference ?? messageReference };
  await tx.addSteps([reportStep({ ...place, status, trace, now })]);
  const message = part.state === 'unknown' ? { error: null, errorCode: null } : {};
  return settle(tx, open, { now, parts: new Map([[place.seq, change]]), message });
}

/**
 * Networks write a number in their own way (`8916…` for `+7916…`): the last digits decide, all of them where there are few.
 * The reference has to fit besides.
 */
function sameRecipient(sent: string, reported: string): boolean {
  const a = sent.replace(/\D/g, '');
  const b = reported.replace(/\D/g, '');
  const compared = Math.min(9, a.length, b.length);
  return compared < 7 ? a === b : a.slice(-compared) === b.slice(-compared);
}
