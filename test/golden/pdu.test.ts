import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAddress, encodeAddress } from '../../src/pdu/address.ts';
import { composeSms } from '../../src/pdu/compose.ts';
import { decodePdu } from '../../src/pdu/decode.ts';
import { encodeUserData } from '../../src/pdu/encode-tpdu.ts';
import { encodeSeptets } from '../../src/pdu/gsm-text.ts';
import { fromHex, toHex } from '../../src/pdu/octets.ts';
import { previewText } from '../../src/pdu/preview.ts';
import { packSeptets } from '../../src/pdu/septets.ts';
import { statusReportKind } from '../../src/pdu/status.ts';
import { readZone } from '../../src/pdu/timestamp.ts';
import { concatenationElement } from '../../src/pdu/user-data-header.ts';
import { packUssd } from '../../src/pdu/ussd.ts';

interface GoldenVector {
  readonly source: string;
  readonly what: string;
  readonly input: string;
  readonly expected: string;
}

const vectors: readonly GoldenVector[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'pdu-vectors.json'), 'utf8'),
);

const septets = (text: string): Uint8Array => encodeSeptets(text) ?? new Uint8Array(0);

function submit(text: string, statusReport: boolean): string {
  const request = { recipient: '+79161234567', text, concatReference: 1, validForMs: 24 * 3_600_000, statusReport };
  return composeSms(request)
    .parts.map(({ pdu }) => pdu)
    .join();
}

function part(text: string, bits: 8 | 16): string {
  const reference = bits === 8 ? 0x2a : 0x1234;
  const header = [concatenationElement({ reference, bits, total: 2, seq: 1 })];
  const { length, octets } = encodeUserData(header, { alphabet: 'gsm7', septets: septets(text) });
  return toHex(Uint8Array.of(length)) + toHex(octets);
}

/** `a*160 €*1` is a text of 160 `a` and a `€`. */
function repeated(form: string): string {
  const pieces = form.split(' ').map((piece) => piece.split('*'));
  return pieces.map(([characters = '', times]) => characters.repeat(Number(times))).join('');
}

function deliverSummary(pdu: string): string {
  const { tpdu } = decodePdu(pdu);
  if (tpdu.type !== 'deliver') return tpdu.type;
  return [tpdu.originatingAddress.number, tpdu.timestamp.text, tpdu.userData.text].join('|');
}

function reportSummary(pdu: string): string {
  const { tpdu } = decodePdu(pdu);
  if (tpdu.type !== 'status-report') return tpdu.type;
  return [tpdu.messageReference, tpdu.recipientAddress.number, statusReportKind(tpdu.status)].join('|');
}

const answers: Readonly<Record<string, (input: string) => string>> = {
  pack: (text) => toHex(packSeptets(septets(text))),
  'pack-ussd': (text) => packUssd(text) ?? '',
  address: (number) => toHex(encodeAddress(number)),
  'address-decode': (hex) => decodeAddress(fromHex(hex)).number,
  'part-8': (text) => part(text, 8),
  'part-16': (text) => part(text, 16),
  'submit-report-24h': (text) => submit(text, true),
  'submit-24h': (text) => submit(text, false),
  deliver: deliverSummary,
  report: reportSummary,
  zone: (hex) => String(readZone(Number.parseInt(hex, 16))),
  segments: (form) =>
    previewText(repeated(form))
      .segments.map(({ units }) => units)
      .join(),
};

describe('the PDU codec agrees with vectors computed elsewhere', () => {
  it.each(vectors)('$what of $input ($source)', ({ what, input, expected }) => {
    expect(answers[what]?.(input)).toBe(expected);
  });
});
