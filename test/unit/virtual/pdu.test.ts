import { describe, expect, it } from 'vitest';
import { addressHex } from '../../../src/virtual/address-pdu.ts';
import { deliverPdu } from '../../../src/virtual/deliver-pdu.ts';
import { hexOf, octetsOfHex, tpduLengthOf } from '../../../src/virtual/octets.ts';
import { statusReportPdu } from '../../../src/virtual/report-pdu.ts';
import { packSeptets, septetsOf } from '../../../src/virtual/septets.ts';
import { splitText } from '../../../src/virtual/split-text.ts';
import { readSubmit, SubmitFault } from '../../../src/virtual/submit-pdu.ts';
import { timestampHex } from '../../../src/virtual/timestamp-pdu.ts';

const scts = '52101221436321';

describe('the PDUs that the network writes', () => {
  it.each([
    ['+79161234567', '0B919761214365F7'],
    ['Balance', '0DD0C2303BEC1E9701'],
    ['MegaFon', '0DD0CDF2396C7CBB01'],
    ['Tele2', '09D0D432BB2C03'],
    ['VK', '04D0D625'],
    ['900', '038109F0'],
    ['*100#', '0581 1A00 FB'.replaceAll(' ', '')],
  ])('address %s', (address, hex) => {
    expect(addressHex(address)).toBe(hex);
  });

  it('packs septets as TS 23.038 §6.1.2.1 does', () => {
    expect(hexOf(packSeptets(septetsOf('hellohello') ?? []))).toBe('E8329BFD4697D9EC37');
  });

  it('writes a DELIVER in GSM 7-bit', () => {
    const pdu = deliverPdu({ from: '+79161234567', pid: 0, dcs: 0, scts, content: { gsm7: 'Kod 1234' } });
    expect(pdu).toBe('07919761989901F0040B919761214365F700005210122143632108CB37191493CD68');
    expect(tpduLengthOf(pdu)).toBe(26);
  });

  it('writes a DELIVER in UCS-2 from a name', () => {
    expect(deliverPdu({ from: 'Balance', pid: 0, dcs: 8, scts, content: { ucs2: 'Баланс: -12,50 р.' } })).toBe(
      '07919761989901F0040DD0C2303BEC1E97010008521012214363212204110430043B0430043D0441003A0020002D00310032002C0035003000200440002E',
    );
  });

  it.each([
    [8, 0x2a, '0A0500032A0201C2E231'],
    [16, 0x1234, '0B0608041234020161F118'],
  ] as const)('writes a part with a %i-bit reference', (referenceBits, reference, userData) => {
    const part = { reference, referenceBits, total: 2, number: 1 };
    const pdu = deliverPdu({ from: '1', pid: 0, dcs: 0, scts, content: { gsm7: 'abc' }, part });
    expect(pdu.endsWith(userData)).toBe(true);
  });

  it('writes a STATUS-REPORT', () => {
    const report = {
      messageReference: 0x2a,
      recipient: '+79161234567',
      scts,
      dischargeTime: '52101221436321',
      status: 0,
    };
    expect(statusReportPdu(report)).toBe('07919761989901F0062A0B919761214365F7521012214363215210122143632100');
  });

  it.each([
    ['2025-01-21T12:34:36+03:00', '52101221436321'],
    ['2025-01-21T12:34:36+04:00', '52101221436361'],
    ['2025-01-21T12:34:36-05:30', '5210122143632A'],
    ['2025-01-21T12:34:36Z', '52101221436300'],
    ['yesterday', null],
  ])('time stamp %s', (iso, hex) => {
    expect(timestampHex(iso)).toBe(hex);
  });
});

describe('splitting', () => {
  it.each([
    ['a'.repeat(160), 'gsm7', [160]],
    ['a'.repeat(161), 'gsm7', [153, 8]],
    [`${'a'.repeat(159)}€`, 'gsm7', [153, 7]],
    [`${'a'.repeat(152)}€${'a'.repeat(20)}`, 'gsm7', [152, 21]],
    ['я'.repeat(70), 'ucs2', [70]],
    ['я'.repeat(71), 'ucs2', [67, 4]],
    [`${'я'.repeat(66)}👍яяя`, 'ucs2', [66, 5]],
    ['👍'.repeat(36), 'ucs2', [66, 6]],
  ] as const)('%#', (text, alphabet, lengths) => {
    const parts = splitText(text, { alphabet, referenceBits: 8 });
    expect(parts.map(({ length }) => length)).toEqual(lengths);
    expect(parts.join('')).toBe(text);
  });
});

describe('the SUBMIT that the network reads', () => {
  const read = (hex: string) => readSubmit(octetsOfHex(hex) ?? new Uint8Array());

  it('reads GSM 7-bit with its extension, a report wanted, one day of validity', () => {
    expect(read('0031000B919761214365F70000A70DD4F29C0EDAA0629B14685306')).toEqual({
      recipient: '+79161234567',
      text: 'Test {1} €',
      alphabet: 'gsm7',
      flash: false,
      reportRequested: true,
      validityMinutes: 1440,
      concat: null,
    });
  });

  it('reads UCS-2 with an emoji', () => {
    expect(read('0011000B919761214365F70008A712041F044004380432043504420020D83DDC4D')).toMatchObject({
      text: 'Привет 👍',
      alphabet: 'ucs2',
      reportRequested: false,
    });
  });

  it('reads a part', () => {
    expect(read('0041000B919761214365F700000A0500032A0201C2E231')).toMatchObject({
      text: 'abc',
      concat: { reference: 0x2a, total: 2, number: 1 },
      validityMinutes: null,
    });
    expect(read('0041000B919761214365F700000B0608041234020161F118')).toMatchObject({
      text: 'abc',
      concat: { reference: 0x1234, total: 2, number: 1 },
    });
  });

  it.each([
    ['a DELIVER', '0030000B919761214365F70000A70DD4F29C0EDAA0629B14685306', /MTI/],
    ['too few octets', '0031000B919761214365F70000A70DD4F29C0EDAA0629B146853', /wants 12 octets/],
    ['too many octets', '0031000B919761214365F70000A70DD4F29C0EDAA0629B1468530600', /wants 12 octets/],
    ['bits after the last septet', '0031000B919761214365F70000A70DD4F29C0EDAA0629B14685386', /last septet/],
    ['a fill bit', '0041000B919761214365F700000A0500032A0201C3E231', /fill bits/],
    ['no filler in an odd number', '0031000B919761214365070000A70DD4F29C0EDAA0629B14685306', /filler/],
    ['no digits', '003100009100000501', /0 digits/],
    ['a reserved DCS', '0011000B919761214365F7000CA70100', /TP-DCS/],
    ['a split surrogate pair', '0001000B919761214365F7000802D83D', /surrogate/],
    ['an escape at the end', '0001000B919761214365F70000011B', /escape/],
    ['part 3 of 2', '0041000B919761214365F700000A0500032A0203C2E231', /part 3 of 2/],
    ['an element that is cut off', '0041000B919761214365F700080405000300', /longer|cut off/],
    ['nothing', '00', /MTI|early/],
  ])('refuses %s', (_name, hex, reason) => {
    const fault = read(hex);
    expect(fault).toBeInstanceOf(SubmitFault);
    expect(fault instanceof SubmitFault && fault.reason).toMatch(reason);
  });
});
