import { array, assert, constantFrom, integer, property, string, uint8Array, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimloftError } from '../../src/core/errors.ts';
import { decodeAddress, encodeAddress } from '../../src/pdu/address.ts';
import { composeSms } from '../../src/pdu/compose.ts';
import { decodePdu } from '../../src/pdu/decode.ts';
import { explainPdu } from '../../src/pdu/explain.ts';
import { countSeptets, decodeSeptets, defaultTables, encodeSeptets } from '../../src/pdu/gsm-text.ts';
import { joinText } from '../../src/pdu/join.ts';
import { fromHex, toHex } from '../../src/pdu/octets.ts';
import { readPackedText } from '../../src/pdu/packed-text.ts';
import { previewText } from '../../src/pdu/preview.ts';
import { packSeptets, packUssdSeptets, unpackSeptets, unpackUssdSeptets } from '../../src/pdu/septets.ts';
import { encodeTimestamp, readTimestamp } from '../../src/pdu/timestamp.ts';
import type { Submit } from '../../src/pdu/tpdu.ts';
import { concatenation } from '../../src/pdu/user-data-header.ts';
import { decodeUssd } from '../../src/pdu/ussd.ts';

const septetArrays = array(integer({ min: 0, max: 127 }), { maxLength: 200 }).map((list) => Uint8Array.from(list));
const gsmCharacters = constantFrom(...Array.from('abcXYZ 0189@£$¥èéΔΦ_{}[]~^\\|€\n\f'));
const gsmTexts = array(gsmCharacters, { minLength: 1, maxLength: 700 }).map((list) => list.join(''));
const anyTexts = array(constantFrom('a', 'я', '👍', '€', 'é', '👨‍👩‍👧‍👦', '🇷🇺', 'é', '中'), {
  minLength: 1,
  maxLength: 300,
}).map((list) => list.join(''));
const digits = array(constantFrom(...Array.from('0123456789*#abc')), { minLength: 1, maxLength: 20 }).map((list) =>
  list.join(''),
);

const full = [
  '07919761989901F0440B919761214365F70000521012214363210B0500032A0201C2E231',
  '0011000B919761214365F70008A712041F044004380432043504420020D83DDC4D',
  '07919761989901F0062A0B919761214365F752101221436321521012214363210007000003C2E231',
];

function refusedProperly(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (thrown) {
    return thrown instanceof SimloftError && thrown.code === 'pdu_invalid';
  }
}

describe('septets', () => {
  it('come out of the packing as they went in, behind any fill bits', () => {
    assert(
      property(septetArrays, integer({ min: 0, max: 7 }), (septets, fillBits) => {
        const octets = packSeptets(septets, fillBits);
        expect(unpackSeptets(octets, { fillBits, count: septets.length })).toEqual(septets);
      }),
    );
  });

  it('come out of USSD packing too, unless they end in a CR that looks like filling', () => {
    assert(
      property(septetArrays, (septets) => {
        const read = unpackUssdSeptets(packUssdSeptets(septets));
        expect(decodeSeptets(read).replace(/\r+$/, '')).toBe(decodeSeptets(septets).replace(/\r+$/, ''));
      }),
    );
  });

  it('are read in one go as they are read one by one', () => {
    assert(
      property(septetArrays, integer({ min: 0, max: 6 }), integer({ min: 0, max: 9 }), (septets, fillBits, start) => {
        const packed = packSeptets(septets, fillBits);
        const octets = Uint8Array.of(...new Uint8Array(start), ...packed);
        const range = { start, fillBits, count: septets.length };
        expect(readPackedText(octets, range, defaultTables)).toBe(decodeSeptets(septets));
      }),
    );
  });

  it('are read as the text that they were written from', () => {
    assert(
      property(gsmTexts, (text) => {
        const septets = encodeSeptets(text) ?? new Uint8Array(0);
        expect(septets.length).toBe(countSeptets(text));
        expect(decodeSeptets(septets)).toBe(text);
      }),
    );
  });
});

describe('fields', () => {
  it('of numbers come back', () => {
    assert(
      property(digits, constantFrom('', '+'), (number, plus) => {
        expect(decodeAddress(encodeAddress(plus + number)).number).toBe(plus + number);
      }),
    );
  });

  it('of times come back to the second, in every quarter-hour zone', () => {
    const seconds = integer({ min: 3_600 * 24, max: 3_155_000_000 });
    assert(
      property(seconds, integer({ min: -79, max: 79 }), (at, quarters) => {
        const read = readTimestamp(encodeTimestamp(at * 1000, quarters * 15));
        expect(read).toMatchObject({ valid: true, at: at * 1000, offsetMinutes: quarters * 15 });
        expect(Date.parse(read.text ?? '')).toBe(at * 1000);
      }),
    );
  });
});

describe('messages', () => {
  const compose = (text: string, concatBits: 8 | 16): Submit[] => {
    const { parts } = composeSms({ recipient: '+79161234567', text, concatReference: 7, concatBits });
    return parts.map(({ pdu }) => decodePdu(pdu).tpdu).filter((tpdu) => tpdu.type === 'submit');
  };

  it('come back from their parts in any order, also when parts come twice', () => {
    assert(
      property(anyTexts, constantFrom<8 | 16>(8, 16), array(integer({ min: 0, max: 99 })), (text, bits, picks) => {
        const parts = compose(text, bits);
        const arrived = [...picks.map((pick) => parts[pick % parts.length]), ...parts.toReversed()];
        const bySeq = new Map(arrived.map((part) => [part === undefined ? 0 : seqOf(part), part]));
        const ordered = [...bySeq].sort(([a], [b]) => a - b).map(([, part]) => part ?? null);
        expect(joinText(ordered)).toBe(text);
      }),
    );
  });

  it('are torn neither within an ESC pair nor within a surrogate pair, and no part is too long', () => {
    assert(
      property(anyTexts, (text) => {
        const { segments, alphabet } = previewText(text);
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        const most = segments.length === 1 ? { gsm7: 160, ucs2: 70 } : { gsm7: 153, ucs2: 67 };
        for (const segment of segments) {
          expect(segment.units).toBeLessThanOrEqual(most[alphabet]);
          expect(segment.text.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  function seqOf(part: Submit): number {
    return concatenation(part.userData)?.seq ?? 1;
  }
});

describe('hostile PDUs', () => {
  it('are decoded or refused with pdu_invalid, whatever the octets are', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), constantFrom(true, false), (octets, serviceCentre) => {
        expect(refusedProperly(() => decodePdu(toHex(octets), { serviceCentre }))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are decoded or refused with pdu_invalid when single octets are wrong', () => {
    const damage = tuple(constantFrom(...full), integer({ min: 0, max: 40 }), integer({ min: 0, max: 255 }));
    assert(
      property(damage, ([pdu, at, value]) => {
        const octets = fromHex(pdu);
        octets[at] = value;
        expect(refusedProperly(() => decodePdu(toHex(octets)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused with the offset of the cut where they end too early', () => {
    for (const pdu of full) {
      for (let length = 0; length < pdu.length; length += 2) {
        const { error, rows } = explainPdu(pdu.slice(0, length));
        if (error === null) continue;
        expect(error.offset).toBeLessThanOrEqual(length / 2);
        for (const row of rows) expect(row.offset + row.octets.length / 2).toBeLessThanOrEqual(length / 2);
      }
    }
  });

  it('may be any text at all, and so may a USSD answer', () => {
    assert(
      property(string(), (text) => {
        expect(refusedProperly(() => decodePdu(text))).toBe(true);
        expect(typeof decodeUssd(text, 15)).toBe('string');
      }),
    );
  });
});
