import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../../src/pdu/decode.ts';
import { encodeDeliver } from '../../../src/pdu/encode-tpdu.ts';
import { encodeSeptets } from '../../../src/pdu/gsm-text.ts';
import { deliverIdentity, setKey } from '../../../src/pdu/identity.ts';
import { isPart, messageKind } from '../../../src/pdu/message-kind.ts';
import { toHex } from '../../../src/pdu/octets.ts';
import { placePart } from '../../../src/pdu/reassembly.ts';
import { statusReportKind } from '../../../src/pdu/status.ts';
import { encodeTimestamp } from '../../../src/pdu/timestamp.ts';
import type { Deliver, InformationElement } from '../../../src/pdu/tpdu.ts';
import { concatenation, concatenationElement } from '../../../src/pdu/user-data-header.ts';

interface Made {
  readonly sender?: string;
  readonly text?: string;
  readonly at?: number;
  readonly header?: readonly InformationElement[];
  readonly pid?: number;
  readonly dcs?: number;
  readonly more?: boolean;
}

const noon = Date.UTC(2025, 0, 21, 12);

function made({
  sender = '+79161234567',
  text = 'a',
  at = noon,
  header = [],
  pid = 0,
  dcs = 0,
  more = false,
}: Made): Deliver {
  const septets = encodeSeptets(text) ?? new Uint8Array(0);
  const tpdu = encodeDeliver({
    sender,
    dataCoding: dcs,
    protocolIdentifier: pid,
    timestamp: encodeTimestamp(at, 180),
    moreMessagesToSend: more,
    header,
    content: dcs & 0x0c ? { alphabet: 'octets', octets: septets } : { alphabet: 'gsm7', septets },
  });
  const decoded = decodePdu(toHex(tpdu), { serviceCentre: false }).tpdu;
  if (decoded.type !== 'deliver') throw new TypeError(decoded.type);
  return decoded;
}

const place = (seq: number, total = 3, reference = 7, bits: 8 | 16 = 8): InformationElement[] => [
  concatenationElement({ reference, bits, total, seq }),
];

describe('concatenation', () => {
  it.each([
    ['a total of 0', [0x01, 0x00, 0x01]],
    ['number 0', [0x01, 0x02, 0x00]],
    ['a number above the total', [0x01, 0x02, 0x03]],
    ['a wrong length', [0x01, 0x02]],
  ])('passes over an element with %s', (_, data) => {
    expect(concatenation({ header: [{ iei: 0, data: Uint8Array.from(data) }] })).toBeNull();
  });

  it('takes the last of several, and reference 0', () => {
    const header = [...place(1), ...place(2, 2, 0, 16)];
    expect(concatenation({ header })).toEqual({ reference: 0, bits: 16, total: 2, seq: 2 });
  });
});

describe('setKey', () => {
  it('is the same for the parts of a set, and for no other', () => {
    const key = setKey(made({ header: place(1) }));
    expect(setKey(made({ header: place(2), text: 'b' }))).toBe(key);
    const others = [
      made({ header: place(1), sender: '79161234567' }),
      made({ header: place(1, 2) }),
      made({ header: place(1, 3, 8) }),
      made({ header: place(1, 3, 7, 16) }),
    ];
    for (const other of others) expect(setKey(other)).not.toBe(key);
    expect(setKey(made({}))).toBeNull();
  });
});

describe('placePart', () => {
  const first = made({ header: place(1) });

  it('takes a new number as a new part, in any order', () => {
    expect(placePart([], first)).toBe('new-part');
    expect(placePart([made({ header: place(3) })], first)).toBe('new-part');
  });

  it('knows a part that is there already, although the network changed its flags', () => {
    expect(placePart([first], made({ header: place(1), more: true }))).toBe('duplicate');
  });

  it('begins a new set with other content under the same number, or a day away', () => {
    expect(placePart([first], made({ header: place(1), text: 'b' }))).toBe('new-set');
    expect(placePart([first], made({ header: place(2), at: noon + 90_000_000 }))).toBe('new-set');
  });
});

describe('deliverIdentity', () => {
  it('differs with sender, time, kind, coding and content', () => {
    const messages = [{}, { sender: '+79161234568' }, { at: noon + 1000 }, { pid: 0x41 }, { dcs: 0x10 }, { text: 'b' }];
    expect(new Set(messages.map((fields) => deliverIdentity(made(fields)))).size).toBe(messages.length);
    expect(deliverIdentity(made({ more: true }))).toBe(deliverIdentity(made({})));
  });
});

describe('messageKind', () => {
  const port = (destination: number): InformationElement => {
    return { iei: 5, data: Uint8Array.of(destination >> 8, destination, 0x23, 0xf0) };
  };

  it.each([
    ['text', {}],
    ['flash', { dcs: 0x10 }],
    ['silent', { pid: 0x40 }],
    ['replace', { pid: 0x42 }],
    ['voicemail', { dcs: 0xc8 }],
    ['voicemail', { header: [{ iei: 1, data: Uint8Array.of(0x80, 1) }] }],
    ['wap-push', { dcs: 0x04, header: [port(2948)] }],
    ['binary', { dcs: 0x04, header: [port(5000)] }],
    ['binary', { dcs: 0x04 }],
    ['sim-data', { pid: 0x7f, dcs: 0xf6 }],
  ])('finds %s', (kind, fields) => {
    expect(messageKind(made(fields))).toBe(kind);
  });

  it('tells parts of a longer message', () => {
    expect(isPart(made({ header: place(1) }))).toBe(true);
    expect(isPart(made({ header: place(1, 1) }))).toBe(false);
  });
});

describe('statusReportKind', () => {
  it.each([
    [0x00, 'delivered'],
    [0x01, 'forwarded'],
    [0x02, 'replaced'],
    [0x1f, 'delivered'],
    [0x25, 'pending'],
    [0x26, 'failed'],
    [0x30, 'pending'],
    [0x45, 'failed'],
    [0x46, 'expired'],
    [0x65, 'failed'],
    [0xab, 'failed'],
  ])('%i means %s', (status, kind) => {
    expect(statusReportKind(status)).toBe(kind);
  });
});
