import { describe, expect, it } from 'vitest';
import { SimloftError } from '../../../src/core/errors.ts';
import { decodePdu } from '../../../src/pdu/decode.ts';
import type { Deliver, DecodedPdu } from '../../../src/pdu/tpdu.ts';

const plain = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';

function deliverOf({ tpdu }: DecodedPdu): Deliver {
  if (tpdu.type !== 'deliver') throw new TypeError(`this is ${tpdu.type}`);
  return tpdu;
}

/** An SMS-DELIVER with other fields behind the sender. */
const withTail = (tail: string, first = '04'): string => `00${first}0B919761214365F7${tail}`;

describe('what is wrong and read all the same', () => {
  it('says nothing about a correct PDU', () => {
    expect(decodePdu(plain, { tpduLength: 26 }).notes).toEqual([]);
  });

  it.each([
    ['dcs_reserved', withTail('00845210122143632108CB37191493CD68'), 'Kod 1234'],
    ['timestamp_invalid', withTail('00005213122143632108CB37191493CD68'), 'Kod 1234'],
    ['timestamp_invalid', withTail('00005220032143632108CB37191493CD68'), 'Kod 1234'],
    ['user_data_short', withTail('00005210122143632150CB37191493CD68'), 'Kod 1234'],
    ['user_data_odd', withTail('000852101221436321030430FF'), 'а'],
    ['tail_ignored', `${plain}FFFFFF`, 'Kod 1234'],
    ['tail_ignored', `${plain}F`, 'Kod 1234'],
    ['type_reserved', withTail('00005210122143632108CB37191493CD68', '07'), 'Kod 1234'],
    ['header_invalid', withTail('000052101221436321080900', '44'), ''],
    ['header_element_invalid', withTail('0000521012214363210803000901CB3719', '44'), ''],
  ])('is noted as %s', (code, pdu, text) => {
    const decoded = decodePdu(pdu);
    expect(decoded.notes.map((note) => note.code)).toContain(code);
    expect(deliverOf(decoded).userData.text).toContain(text);
  });

  it('leaves padding of the SIM out by the length that the modem states', () => {
    const { notes, tpdu } = decodePdu(plain + 'FF'.repeat(142), { tpduLength: 26 });
    expect(notes).toMatchObject([{ code: 'tail_ignored', offset: 34 }]);
    expect(tpdu).toMatchObject({ userData: { text: 'Kod 1234' } });
  });

  it('does not believe a modem that states another length than it shows', () => {
    expect(decodePdu(plain, { tpduLength: 99 }).notes).toMatchObject([{ code: 'tpdu_length_wrong' }]);
  });

  it('keeps an impossible time raw', () => {
    const { timestamp } = deliverOf(decodePdu(withTail('00000000000000000008CB37191493CD68')));
    expect(timestamp).toEqual({ raw: '00000000000000', valid: false, at: null, offsetMinutes: 0, text: null });
  });
});

describe('a PDU that cannot be read', () => {
  const errorOf = (pdu: string): SimloftError => {
    try {
      decodePdu(pdu);
    } catch (thrown) {
      if (thrown instanceof SimloftError) return thrown;
    }
    throw new TypeError('it was read');
  };

  it.each([
    ['', 'SCA', 0],
    ['0791', 'SCA', 0],
    ['00', 'MTI', 1],
    ['0004', 'OA', 2],
    ['00040B919761', 'OA', 2],
    ['00040B919761214365F7', 'PID', 10],
    ['00040B919761214365F70000521012', 'SCTS', 12],
    ['00040B919761214365F7000052101221436321', 'UDL', 19],
    ['0006', 'MR', 2],
    ['0011000B919761214365F70000', 'VP', 13],
    ['00zz', 'PDU', 1],
  ])('%s names the field %s and the octet %i', (pdu, path, offset) => {
    expect(errorOf(pdu)).toMatchObject({ code: 'pdu_invalid', details: { path, offset } });
  });

  it('hands over what stands in front of the fault', () => {
    const { details } = errorOf('07919761989901F0040B919761214365F70000521012');
    expect(details['read']).toMatchObject({
      type: 'deliver',
      serviceCentre: { number: '+79168999100' },
      address: { number: '+79161234567' },
      protocolIdentifier: 0,
    });
  });

  it('is anything but SMS-SUBMIT where a message is to be sent', () => {
    expect(() => decodePdu(plain, { direction: 'to-network' })).toThrow(SimloftError);
  });
});

describe('fields', () => {
  it('show the flags of the first octet', () => {
    expect(deliverOf(decodePdu(plain))).toMatchObject({ moreMessagesToSend: false, replyPath: false });
    const flags = { moreMessagesToSend: true, loopPrevention: true, statusReportIndication: true, replyPath: true };
    expect(deliverOf(decodePdu(plain.replace('F0040B', 'F0A80B')))).toMatchObject(flags);
  });

  it.each([
    ['0011000B919761214365F70000A701C2', { format: 'relative', octet: 167, seconds: 86_400 }],
    ['0009000B919761214365F700000205000000000001C2', { format: 'enhanced', seconds: 5, singleShot: false }],
    ['0009000B919761214365F700004310203000000001C2', { format: 'enhanced', seconds: 3_723, singleShot: true }],
    ['0019000B919761214365F700005210122143632101C2', { format: 'absolute', timestamp: { at: 1_737_452_076_000 } }],
  ])('of %s have their validity period', (pdu, expected) => {
    expect(decodePdu(pdu).tpdu).toMatchObject({ type: 'submit', validityPeriod: expected });
  });

  it('of a report may be followed by its optional part, and by padding', () => {
    const report = '00062A0B919761214365F7521012214363215210122143632100';
    expect(decodePdu(`${report}07000003C2E231`).tpdu).toMatchObject({ userData: { length: 3, text: 'BEG' } });
    expect(decodePdu(`${report}FFFFFF`)).toMatchObject({
      tpdu: { parameterIndicator: null, userData: null },
      notes: [{ code: 'tail_ignored' }],
    });
  });

  it('keep every element of the header', () => {
    const { userData } = deliverOf(decodePdu(withTail('000452101221436321100B05040B8423F07F01AA000301020106', '44')));
    expect(userData.header.map(({ iei }) => iei)).toEqual([0x05, 0x7f]);
  });
});
