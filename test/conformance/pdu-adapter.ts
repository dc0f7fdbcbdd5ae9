import { SimloftError } from '../../src/core/errors.ts';
import { answerEncode } from './pdu-encode.ts';
import { answerAddress, answerTimestamp } from './pdu-fields.ts';
import { answerMessage } from './pdu-messages.ts';
import { answerSet } from './pdu-sets.ts';
import { answerPack, answerText, answerUcs2 } from './pdu-text.ts';
import { answerUssd } from './pdu-ussd.ts';
import type { Outcome, Vector } from './vector.ts';

const kinds: Readonly<Record<string, (vector: Vector) => Outcome>> = {
  deliver: answerMessage,
  submit: answerMessage,
  'status-report': answerMessage,
  'gsm7-pack': answerPack,
  'gsm7-text': answerText,
  ucs2: answerUcs2,
  'concat-set': answerSet,
  address: answerAddress,
  timestamp: answerTimestamp,
  'encode-request': answerEncode,
  ussd: answerUssd,
};

/** What the product makes of a vector about PDUs, texts or USSD. Refusals are answers too. */
export function answerPdu(vector: Vector): Outcome {
  try {
    return kinds[vector.kind]?.(vector) ?? { skip: `there is nothing for ${vector.kind}` };
  } catch (thrown) {
    if (thrown instanceof SimloftError || thrown instanceof TypeError) return { error: thrown.message };
    throw thrown;
  }
}
