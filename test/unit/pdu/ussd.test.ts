import { describe, expect, it } from 'vitest';
import { decodeUssd, packUssd, ussdAlphabet } from '../../../src/pdu/ussd.ts';
import { readClockText } from '../../../src/pdu/clock-text.ts';
import { readOctets, textOfOctets } from '../../../src/pdu/octet-text.ts';
import { explainPdu } from '../../../src/pdu/explain.ts';
import { fromHex } from '../../../src/pdu/octets.ts';

const balance = '041104300043B';
const balanceHex = '04110430043B0430043D0441003A002000310032';

describe('decodeUssd', () => {
  it.each([
    ['UCS-2 in hex with its coding', balanceHex, 72, 'Баланс: 12'],
    ['UCS-2 in hex with the coding of GSM', balanceHex, 15, 'Баланс: 12'],
    ['UCS-2 in hex without a coding', balanceHex, null, 'Баланс: 12'],
    ['UCS-2 in lower-case hex', balanceHex.toLowerCase(), 72, 'Баланс: 12'],
    ['UCS-2 that was cut within a unit', `${balanceHex}04`, 72, 'Баланс: 12'],
    ['UCS-2 behind its language', `3219${balanceHex}`, 17, 'Баланс: 12'],
    ['packed GSM', 'AA180C3602', 15, '*100#'],
    ['plain text', 'Balans 174.60 р.', 15, 'Balans 174.60 р.'],
    ['plain text with the coding of UCS-2', 'Balance: 10', 72, 'Balance: 10'],
    ['a plain amount', '2500', 15, '2500'],
    ['a plain amount with the coding of UCS-2', '2500', 72, '2500'],
    ['a plain longer number', '12345678', 15, '12345678'],
    ['a word of hex letters', 'FACE', 15, 'FACE'],
    ['UTF-8 that came as bytes', '\u00d0\u0091', 15, 'Б'],
    ['Latin-1 that came as bytes', 'caf\u00e9', 15, 'caf\u00e9'],
    ['nothing', '', 15, ''],
  ])('reads %s', (_, text, dcs, expected) => {
    expect(decodeUssd(text, dcs)).toBe(expected);
  });

  it('leaves hex alone that is nothing else', () => {
    expect(decodeUssd(balance, 15)).toBe(balance);
  });
});

describe('packUssd', () => {
  it('fills seven spare bits with CR, and adds one to a CR at an octet boundary', () => {
    expect(packUssd('1234567')).toBe('31D98C56B3DD1A');
    expect(packUssd('1234567\r')).toBe('31D98C56B3DD1A0D');
    expect(packUssd('привет')).toBeNull();
  });
});

describe('ussdAlphabet', () => {
  it.each([
    [0x0f, 'gsm7'],
    [0x11, 'ucs2'],
    [0x44, '8bit'],
    [0x48, 'ucs2'],
    [0xf4, '8bit'],
  ])('of %i is %s', (dcs, alphabet) => {
    expect(ussdAlphabet(dcs)).toBe(alphabet);
  });
});

describe('octets without a stated alphabet', () => {
  it('are UTF-8, or Windows-1251 where they look Cyrillic, or Latin-1', () => {
    expect(readOctets(fromHex('D091'))).toBe('Б');
    expect(readOctets(fromHex('C1E0EBE0EDF1'))).toBe('Баланс');
    expect(readOctets(fromHex('636166E9'))).toBe('café');
  });

  it('are text only when nothing in them is a control', () => {
    expect(textOfOctets(fromHex('48690A'))).toBe('Hi\n');
    expect(textOfOctets(fromHex('0006'))).toBeNull();
  });
});

describe('readClockText', () => {
  it('reads the clock with its zone in quarter hours', () => {
    expect(readClockText('"25/01/21,12:34:36+12"')).toMatchObject({
      text: '2025-01-21T12:34:36+03:00',
      at: 1_737_452_076_000,
    });
    expect(readClockText('25/01/21,12:34:36-20,01')).toMatchObject({ offsetMinutes: -300, daylightMinutes: 60 });
  });

  it('reads one without its zone as no moment', () => {
    const clock = { text: '2025-01-21T12:34:36', at: null, offsetMinutes: null };
    expect(readClockText('25/01/21,12:34:36')).toMatchObject(clock);
    expect(readClockText('25/01/21 12:34:36')).toMatchObject(clock);
  });

  it.each(['25/13/21,12:34:36+12', '25/02/31,12:34:36+12', '25/01/21,24:00:00+12', '25-01-21,12:34:36', '25/01/21'])(
    'refuses %s',
    (text) => {
      expect(readClockText(text)).toBeNull();
    },
  );
});

describe('explainPdu', () => {
  const pdu = '07919761989901F0440B919761214365F700005210122143632109050003070201CB37';

  it('covers every octet in order', () => {
    const { rows, error } = explainPdu(pdu);
    expect(error).toBeNull();
    expect(rows.map(({ octets }) => octets).join('')).toBe(pdu);
    expect(rows.map(({ path }) => path)).toEqual(['SCA', 'MTI', 'OA', 'PID', 'DCS', 'SCTS', 'UDL', 'UD.UDH', 'UD']);
    expect(rows.find(({ path }) => path === 'UD.UDH')?.value).toBe('part 1 of 2, reference 7 (8 bits)');
  });

  it('explains what stands in front of a fault, and the fault', () => {
    const { rows, error } = explainPdu(pdu.slice(0, 40));
    expect(rows.map(({ path }) => path)).toEqual(['SCA', 'MTI', 'OA', 'PID', 'DCS']);
    expect(error).toMatchObject({ path: 'SCTS', offset: 19 });
  });

  it('notes what was tolerated at its row, and shows what is behind the end', () => {
    const { rows } = explainPdu('00040B919761214365F700845200122143632101C2FFFF');
    expect(rows.filter(({ note }) => note !== null).map(({ path }) => path)).toEqual(['DCS', 'SCTS', 'PDU']);
  });
});
