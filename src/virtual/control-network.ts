import { SimloftError } from '../core/errors.ts';
import type { DeliverRequest, RingRequest, UssdReply } from './contract.ts';
import { ControlFields, isRecord, present, required } from './control-fields.ts';
import { octetsOfHex } from './octets.ts';

/** @throws SimloftError `request_invalid`, as the others here */
export function deliverRequest(fields: ControlFields): DeliverRequest {
  const hex = fields.text('data');
  const data = hex === undefined ? undefined : (octetsOfHex(hex) ?? undefined);
  if (hex !== undefined && data === undefined) throw new SimloftError('request_invalid', '"data" must be hex.');
  const text = fields.text('text');
  return {
    from: required('from', fields.text('from')),
    text: data === undefined ? required('text', text) : '',
    ...present({
      data,
      alphabet: fields.choice('alphabet', ['gsm7', 'ucs2']),
      flash: fields.flag('flash'),
      dcs: fields.number('dcs'),
      pid: fields.number('pid'),
      order: fields.numbers('order'),
      reference: fields.number('reference'),
      referenceBits: fields.choice('referenceBits', [8, 16]),
      scts: fields.text('scts'),
      gapMs: fields.number('gapMs'),
    }),
  };
}

export function ringRequest(fields: ControlFields): RingRequest {
  return {
    from: fields.isNull('from') ? null : (fields.text('from') ?? null),
    ...present({
      rings: fields.number('rings'),
      intervalMs: fields.number('intervalMs'),
      hangUpMs: fields.number('hangUpMs'),
      clipAfterMs: fields.isNull('clipAfterMs') ? null : fields.number('clipAfterMs'),
      withheld: fields.choice('withheld', ['validity', 'bare', 'absent']),
      noCarrier: fields.flag('noCarrier'),
    }),
  };
}

export function ussdReply(fields: ControlFields): UssdReply {
  const menu = fields.object('menu');
  const replies = Object.entries(menu ?? {}).map(([choice, reply]) => {
    if (!isRecord(reply)) throw new SimloftError('request_invalid', `The reply to "${choice}" must be an object.`);
    const fields = new ControlFields(reply);
    const read = ussdReply(fields);
    fields.finish();
    return [choice, read] as const;
  });
  return {
    text: fields.isNull('text') ? null : required('text', fields.text('text')),
    ...present({
      status: fields.choice('status', [0, 1, 2, 3, 4, 5]),
      delayMs: fields.number('delayMs'),
      beforeOk: fields.flag('beforeOk'),
      pleaseWait: fields.text('pleaseWait'),
      menu: menu === undefined ? undefined : Object.fromEntries(replies),
    }),
  };
}
