import { type CmeKind, cmeKind, cmeTexts } from '../at/cme-table.ts';
import { type CmsCause, cmsCause } from '../at/cms-table.ts';
import type { AtFailure } from '../at/outcome.ts';
import type { SendFailure } from '../core/events.ts';

/** What a refused AT+CMGS says about the part. */
export type Refusal =
  | { readonly type: 'failed'; readonly failure: SendFailure }
  /** The message may have left all the same (+CMS ERROR: 332, 350). */
  | { readonly type: 'unknown'; readonly reason: string };

/**
 * Reads the final result code of a refused AT+CMGS: +CMS ERROR (TS 27.005 §3.2.5), or +CME ERROR (TS 27.007 §9.2) from modems
 * that answer so. Before the PDU was handed over no code can mean that the message left.
 */
export function readRefusal(error: AtFailure, afterPdu: boolean): Refusal {
  const cause = causeOf(error);
  const source = error.kind === 'CMS' || error.kind === 'CME' ? error.kind : 'ERROR';
  const text = error.code === null ? cause.text : `${cause.text} (${source} ${error.code})`;
  if (cause.kind === 'unknown-outcome' && afterPdu) return { type: 'unknown', reason: text };
  return { type: 'failed', failure: { kind: failureKind(cause.kind), source, code: error.code, text } };
}

/** 197 keeps its code: whoever reads the event knows by it that the service centre has the message already. */
function failureKind(kind: CmsCause['kind']): SendFailure['kind'] {
  if (kind === 'unknown-outcome') return 'temporary';
  return kind === 'already-sent' ? 'permanent' : kind;
}

function causeOf({ kind, code, text }: AtFailure): CmsCause {
  if (kind === 'CMS' && code !== null) return cmsCause(code);
  if (kind === 'CME' && code !== null) return cmeCause(code);
  return { kind: 'unclear', text: `The modem refused the message without a reason (${text}).` };
}

const kindOfCme: Readonly<Record<CmeKind, CmsCause['kind']>> = {
  busy: 'busy',
  temporary: 'temporary',
  sim: 'configuration',
  denied: 'configuration',
  'memory-full': 'configuration',
  'wrong-password': 'configuration',
  unsupported: 'unclear',
  empty: 'unclear',
  unclear: 'unclear',
};

function cmeCause(code: number): CmsCause {
  return {
    kind: kindOfCme[cmeKind(code)],
    text: `The modem refused the message: ${cmeTexts[code] ?? 'unknown reason'}.`,
  };
}

/** A part that certainly did not leave, through no fault of its own. */
export function notSent(text: string): SendFailure {
  return { kind: 'temporary', source: 'none', code: null, text };
}
