import { describe, expect, it } from 'vitest';
import { decodeSeptets, encodeSeptets } from '../../../src/pdu/gsm-text.ts';
import { type TextPart, joinText } from '../../../src/pdu/join.ts';
import { languagesFor } from '../../../src/pdu/national.ts';
import { previewText } from '../../../src/pdu/preview.ts';
import { transliterate } from '../../../src/pdu/transliterate.ts';
import { decodeUcs2, encodeUcs2 } from '../../../src/pdu/utf16.ts';
import { encodeUserData } from '../../../src/pdu/encode-tpdu.ts';
import { decodeDataCoding } from '../../../src/pdu/data-coding.ts';
import { decodePdu } from '../../../src/pdu/decode.ts';
import { fromHex, toHex } from '../../../src/pdu/octets.ts';

describe('the GSM alphabet', () => {
  it.each([
    ['1B65', '€'],
    ['1B7F', 'à'],
    ['1B1B', ' '],
    ['411B', 'A '],
    ['09', 'Ç'],
    ['0010', '@Δ'],
  ])('reads %s as %j', (septets, text) => {
    expect(decodeSeptets(fromHex(septets))).toBe(text);
  });

  it.each(['ç', '`', '“', 'я', '№'])('does not have %s', (text) => {
    expect(encodeSeptets(text)).toBeNull();
  });

  it('is made do with on request only', () => {
    expect(transliterate('“Zkouška” – ç…')).toBe('"Zkouska" - Ç...');
    expect(transliterate('Привет')).toBe('Привет');
  });

  it('has national tables, which are found by their cost', () => {
    expect(languagesFor('hello')).toEqual({});
    expect(languagesFor('ığş')).toEqual({ locking: 1 });
    expect(languagesFor('Привет')).toBeNull();
  });
});

describe('UCS-2', () => {
  it.each([
    ['FEFF043F0440', 'пр'],
    ['FFFE3F044004', 'пр'],
    ['3F0440043804320435044204', 'привет'],
    ['D83DDC4D', '👍'],
    ['D83D', '\ufffd'],
    ['043F04', 'п'],
    ['04000401', 'ЀЁ'],
  ])('reads %s as %s', (hex, text) => {
    expect(decodeUcs2(fromHex(hex))).toBe(text);
  });

  it('of a long text is read by the same rules', () => {
    const text = 'п'.repeat(60);
    expect(decodeUcs2(encodeUcs2(`${text}👍`))).toBe(`${text}👍`);
    expect(decodeUcs2(fromHex(`${toHex(encodeUcs2(text))}DC4D`))).toBe(`${text}\ufffd`);
  });
});

describe('previewText', () => {
  it('names the characters that force UCS-2, each once', () => {
    expect(previewText('“a” — “b”👍')).toMatchObject({ alphabet: 'ucs2', forcesUcs2: ['“', '”', '—', '👍'] });
    expect(previewText('plain [€]')).toMatchObject({ alphabet: 'gsm7', units: 12, room: 148, forcesUcs2: [] });
  });

  it('keeps a family together where that costs no part', () => {
    const family = '👨‍👩‍👧';
    const { segments } = previewText('я'.repeat(64) + family + 'я'.repeat(20));
    expect(segments.map(({ text }) => text)).toEqual(['я'.repeat(64), family + 'я'.repeat(20)]);
  });

  it('tears a chain of joined characters rather than paying for a part more', () => {
    const chain = `я${'\u0301'.repeat(133)}`;
    expect(previewText(chain).segments.map(({ units }) => units)).toEqual([67, 67]);
  });

  it('has room for one octet less with a 16-bit reference', () => {
    const { segments } = previewText('я'.repeat(133), { concatBits: 16 });
    expect(segments.map(({ units }) => units)).toEqual([66, 66, 1]);
  });
});

describe('joinText', () => {
  const gsm = (septets: string): TextPart => part(0, { alphabet: 'gsm7', septets: fromHex(septets) });
  const ucs2 = (octets: string): TextPart => part(8, { alphabet: 'octets', octets: fromHex(octets) });

  function part(dcs: number, content: Parameters<typeof encodeUserData>[1]): TextPart {
    const { length, octets } = encodeUserData([], content);
    return { dataCoding: decodeDataCoding(dcs), userData: { header: [], headerOctets: 0, length, hex: toHex(octets) } };
  }

  it('mends an ESC pair and a surrogate pair that were torn', () => {
    expect(joinText([gsm('611B'), gsm('6562')])).toBe('a€b');
    expect(joinText([ucs2('0430D83D'), ucs2('DC4D0431')])).toBe('а👍б');
  });

  it('reads each part by its own coding', () => {
    expect(joinText([gsm('61'), ucs2('0430'), gsm('62')])).toBe('aаb');
  });

  it('leaves out a header that has no elements', () => {
    const { tpdu } = decodePdu('440391214300005210122143632105000A3FF906', { serviceCentre: false });
    expect(tpdu).toMatchObject({ userData: { header: [], headerOctets: 1 } });
    if (tpdu.type !== 'deliver') throw new TypeError(tpdu.type);
    expect(joinText([tpdu])).toBe(tpdu.userData.text);
  });

  it('shows where a part is missing', () => {
    expect(joinText([gsm('61'), null, gsm('62')])).toBe('a…b');
  });
});
