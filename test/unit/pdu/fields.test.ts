import { describe, expect, it } from 'vitest';
import { SimloftError } from '../../../src/core/errors.ts';
import {
  decodeAddress,
  decodeServiceCentre,
  decodeTypedAddress,
  encodeAddress,
  encodeServiceCentre,
} from '../../../src/pdu/address.ts';
import { fromHex, toHex } from '../../../src/pdu/octets.ts';
import { decodeTimestamp } from '../../../src/pdu/timestamp.ts';
import { decodeHeader, ports, portsElement } from '../../../src/pdu/user-data-header.ts';

describe('addresses', () => {
  it.each([
    ['+79161234567', undefined, '0B919761214365F7'],
    ['*100#', undefined, '05811A00FB'],
    ['12abc', undefined, '058121DCFE'],
    ['8916', 0xa1, '04A19861'],
    ['Balance', undefined, '0DD0C2303BEC1E9701'],
  ])('of %s with type %s are %s, and come back', (number, type, hex) => {
    expect(toHex(encodeAddress(number, type))).toBe(hex);
    expect(decodeAddress(fromHex(hex)).number).toBe(number);
    expect(decodeTypedAddress(fromHex(hex.slice(2))).number).toBe(number);
  });

  it.each([
    ['+79168999100', undefined, '07919761989901F0'],
    ['9168', 0x91, '03911986'],
    ['', undefined, '00'],
  ])('of the service centre %j with type %s are %s', (number, type, hex) => {
    expect(toHex(encodeServiceCentre(number, type))).toBe(hex);
  });

  it('of the service centre come back, and none is null', () => {
    expect(decodeServiceCentre(fromHex('07919761989901F0'))).toMatchObject({ number: '+79168999100' });
    expect(decodeServiceCentre(fromHex('00'))).toBeNull();
  });

  it.each(['+123456789012345678901', 'NineteenLetterNames', 'привет'])('cannot hold %s', (number) => {
    expect(() => encodeAddress(number)).toThrow(SimloftError);
    expect(() => encodeServiceCentre(number)).toThrow(SimloftError);
  });
});

describe('fields that stand alone are refused where one in a message would be tolerated', () => {
  it.each([
    ['an address without its type', () => decodeAddress(fromHex('0B'))],
    ['an address that is cut off', () => decodeAddress(fromHex('0B91976121'))],
    ['an address with fill in front of a digit', () => decodeAddress(fromHex('04919F61'))],
    ['no service centre at all', () => decodeServiceCentre(new Uint8Array(0))],
    ['a service centre that is cut off', () => decodeServiceCentre(fromHex('079197'))],
    ['a time of six octets', () => decodeTimestamp(fromHex('521012214363'))],
    ['a header without its length', () => decodeHeader(new Uint8Array(0))],
    ['a header with an element that is cut off', () => decodeHeader(fromHex('0300032A'))],
  ])('%s', (_what, decode) => {
    expect(decode).toThrow(SimloftError);
  });
});

describe('ports', () => {
  it.each([8, 16] as const)('of %s bits come back', (bits) => {
    const wanted = { destination: bits === 8 ? 240 : 2948, source: bits === 8 ? 241 : 9200, bits };
    expect(ports({ header: [portsElement(wanted)] })).toEqual(wanted);
  });
});
