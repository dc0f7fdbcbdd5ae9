import { type ExplainedPdu, explainPdu } from '../../pdu/explain.ts';
import type { MessageDetails } from './read-messages.ts';

/** One part of a message as it went over the air, field by field. */
export interface ExplainedPart {
  readonly seq: number;
  readonly pdu: string;
  readonly explained: Pick<ExplainedPdu, 'rows' | 'error'>;
}

/** The parts whose PDUs are kept; those that cannot be decoded too, as far as they can be read. */
export function explainParts({ shown, parts }: MessageDetails): ExplainedPart[] {
  const options = shown.direction === 'out' ? { direction: 'to-network' as const } : {};
  return parts
    .filter(({ pdu }) => pdu !== '')
    .map(({ seq, pdu }) => ({ seq, pdu, explained: explainPdu(pdu, options) }));
}
