import type { Confidence, FoundCode } from '../../codes/find-code.ts';
import type { Principal } from '../access/principal.ts';
import type { ShownCall } from '../calls-resource.ts';
import type { ShownListed } from '../messages/read-messages.ts';
import type { LiveEvent } from './live-event.ts';
import { maySeeEvent } from './sight.ts';

/** What somebody waits for. */
export interface Wanted {
  readonly principal: Principal;
  /** Anywhere in the sender or the number of the caller, whatever the case. */
  readonly sender?: string;
  readonly modem?: string;
  /** Stored then or later, epoch ms. */
  readonly since?: number;
}

export interface WantedMessage extends Wanted {
  /** Anywhere in the text, whatever the case. */
  readonly match?: string;
}

export interface WantedCode extends WantedMessage {
  readonly confidence: Confidence;
}

type Pick<Hit> = (event: LiveEvent) => Hit | null;
type Received = Extract<ShownListed, { direction: 'in' }>;

export const pickMessage =
  (wanted: WantedMessage): Pick<Received> =>
  (event) => {
    const received = receivedOf(event);
    if (received === null || !isWanted(event, wanted)) return null;
    const { sender, text, storedAt } = received.message;
    if (!holds(sender, wanted.sender) || !holds(text ?? '', wanted.match)) return null;
    return isSince(storedAt ?? received.message.receivedAt, wanted) ? received : null;
  };

export interface CodeHit {
  readonly found: FoundCode;
  readonly received: Received;
}

export function pickCode(wanted: WantedCode): Pick<CodeHit> {
  const pick = pickMessage(wanted);
  return (event) => {
    const received = pick(event);
    if (received === null || event.subject.kind !== 'message') return null;
    const found = event.subject.code();
    return found === null || ranks[found.confidence] < ranks[wanted.confidence] ? null : { found, received };
  };
}

export const confidences = ['possible', 'likely', 'certain'] as const satisfies readonly Confidence[];
const ranks: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };

/** A call whose number is known: that may come after the first ring. */
export const pickCall =
  (wanted: Wanted): Pick<ShownCall> =>
  (event) => {
    if (event.subject.kind !== 'call' || !isWanted(event, wanted)) return null;
    const { call } = event.subject;
    if (!/\d/.test(call.caller) || !holds(call.caller, wanted.sender)) return null;
    return isSince(call.storedAt, wanted) ? call : null;
  };

function receivedOf({ type, subject }: LiveEvent): Received | null {
  if (type !== 'message.received' && type !== 'message.extended') return null;
  return subject.kind === 'message' && subject.shown.direction === 'in' ? subject.shown : null;
}

const isWanted = (event: LiveEvent, { principal, modem }: Wanted): boolean =>
  (modem === undefined || event.modem === modem) && maySeeEvent(principal, event);

const isSince = (at: number, { since }: Wanted): boolean => since === undefined || at >= since;

const holds = (text: string, part: string | undefined): boolean =>
  part === undefined || text.toLowerCase().includes(part.toLowerCase());
