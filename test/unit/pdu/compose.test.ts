import { describe, expect, it } from 'vitest';
import { SimloftError } from '../../../src/core/errors.ts';
import { composeSms, type ComposeRequest } from '../../../src/pdu/compose.ts';
import { decodePdu } from '../../../src/pdu/decode.ts';
import { encodeStatusReport } from '../../../src/pdu/encode-tpdu.ts';
import { fromHex, toHex } from '../../../src/pdu/octets.ts';
import { splitOctets } from '../../../src/pdu/octet-parts.ts';
import { encodeTimestamp } from '../../../src/pdu/timestamp.ts';
import type { Submit } from '../../../src/pdu/tpdu.ts';
import { concatenation } from '../../../src/pdu/user-data-header.ts';
import { decodeValidity, encodeValidity, relativeOctet, relativeSeconds } from '../../../src/pdu/validity-period.ts';

const request = (fields: Partial<ComposeRequest> = {}): ComposeRequest => ({
  recipient: '+79161234567',
  text: 'hello',
  concatReference: 300,
  ...fields,
});

function sent(fields: Partial<ComposeRequest>): Submit[] {
  const { parts } = composeSms(request(fields));
  return parts.map(({ pdu }) => decodePdu(pdu).tpdu).filter((tpdu) => tpdu.type === 'submit');
}

function codeOf(fields: Partial<ComposeRequest>): string {
  try {
    composeSms(request(fields));
  } catch (thrown) {
    if (thrown instanceof SimloftError) return thrown.code;
  }
  return 'nothing was refused';
}

describe('composeSms', () => {
  it('gives each part its place, its own reference and the length for AT+CMGS', () => {
    const { parts } = composeSms(request({ text: 'a'.repeat(400), messageReference: 255 }));
    expect(parts.map(({ seq, total, units }) => [seq, total, units])).toEqual([
      [1, 3, 153],
      [2, 3, 153],
      [3, 3, 94],
    ]);
    for (const { pdu, tpduLength } of parts) expect(pdu.length).toBe(2 + 2 * tpduLength);
    expect(sent({ text: 'a'.repeat(400), messageReference: 255 }).map((one) => one.messageReference)).toEqual([
      255, 0, 1,
    ]);
  });

  it('writes references of either width', () => {
    const places = (concatBits: 8 | 16) =>
      sent({ text: 'я'.repeat(100), concatBits }).map(({ userData }) => concatenation(userData));
    expect(places(8)[0]).toEqual({ reference: 300 & 0xff, bits: 8, total: 2, seq: 1 });
    expect(places(16)[1]).toEqual({ reference: 300, bits: 16, total: 2, seq: 2 });
  });

  it('sets class, report, validity and the rejection of duplicates', () => {
    const fields = { flash: true, statusReport: true, validForMs: 3_600_000, rejectDuplicates: true };
    expect(sent(fields)[0]).toMatchObject({
      dataCoding: { messageClass: 0, alphabet: 'gsm7' },
      statusReportRequest: true,
      rejectDuplicates: true,
      validityPeriod: { format: 'relative', seconds: 3_600 },
    });
  });

  it('sends with national tables when they are asked for', () => {
    const [part] = sent({ text: 'ığş', languages: { locking: 1 } });
    expect(part).toMatchObject({ userData: { text: 'ığş' }, dataCoding: { alphabet: 'gsm7' } });
  });

  it.each([
    ['number_invalid', { recipient: 'Balance' }],
    ['number_invalid', { recipient: '' }],
    ['number_invalid', { recipient: '+7 916' }],
    ['number_invalid', { recipient: '1'.repeat(21) }],
    ['text_empty', { text: '' }],
    ['text_too_long', { text: 'a'.repeat(153 * 255 + 1) }],
    ['text_too_long', { text: 'a'.repeat(161), maxParts: 1 }],
    ['pdu_unencodable', { text: 'я', alphabet: 'gsm7' as const }],
  ])('refuses with %s', (code, fields) => {
    expect(codeOf(fields)).toBe(code);
  });

  it('sends 255 parts and writes to short codes', () => {
    expect(composeSms(request({ text: 'a'.repeat(153 * 255) })).parts).toHaveLength(255);
    expect(sent({ recipient: '*100#' })[0]?.destinationAddress).toMatchObject({ number: '*100#', typeOfAddress: 0x81 });
  });
});

describe('validity periods', () => {
  it('are rounded up to the next one that a relative octet can name', () => {
    for (let octet = 0; octet < 256; octet += 1) {
      expect(relativeOctet(relativeSeconds(octet))).toBe(octet);
      if (octet > 0) expect(relativeOctet(relativeSeconds(octet - 1) + 1)).toBe(octet);
    }
    expect(relativeOctet(1)).toBe(0);
  });

  it.each([
    { format: 'relative', seconds: 63 * 7 * 86_400 + 1 },
    { format: 'enhanced', kind: 1, seconds: 64 * 7 * 86_400 },
    { format: 'enhanced', kind: 2, seconds: 256 },
    { format: 'enhanced', kind: 3, seconds: 100 * 3_600 },
  ] as const)('that are too long for %o are refused rather than cut', (period) => {
    expect(() => encodeValidity(period)).toThrow(/at most \d+ seconds/);
  });

  it.each([
    ['absolute', '52201332959500'],
    ['absolute', '521012214363'],
    ['enhanced', '03100A30000000'],
    ['enhanced', '01000100000000'],
    ['enhanced', '04000000000000'],
  ] as const)('that stand alone are read strictly: %s %s', (format, hex) => {
    expect(() => decodeValidity(fromHex(hex), format)).toThrow(SimloftError);
  });

  it('are written in the enhanced format too', () => {
    expect([...encodeValidity({ format: 'enhanced', kind: 3, seconds: 3_723 })]).toEqual([
      3, 0x10, 0x20, 0x30, 0, 0, 0,
    ]);
  });
});

describe('encodeStatusReport', () => {
  it('writes what decodePdu reads', () => {
    const time = encodeTimestamp(1_737_452_076_000, 180);
    const fields = {
      messageReference: 0x2a,
      recipient: '+79161234567',
      timestamp: time,
      dischargeTime: time,
      status: 0,
    };
    expect(toHex(encodeStatusReport(fields))).toBe('062A0B919761214365F7521012214363215210122143632100');
  });
});

describe('splitOctets', () => {
  it('fills 140 octets alone and 134 in a set', () => {
    const sizes = (length: number) =>
      splitOctets({ octets: new Uint8Array(length), concatReference: 1 }).map(({ octets }) => octets.length);
    expect(sizes(140)).toEqual([140]);
    expect(sizes(141)).toEqual([134, 7]);
    expect(sizes(0)).toEqual([0]);
  });
});
