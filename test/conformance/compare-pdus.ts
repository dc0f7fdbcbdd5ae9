/** What any right encoder of an SMS-SUBMIT must agree on; reference, TP-VP and TP-MR are the encoder's. */
interface SubmitFacts {
  readonly serviceCentre: string;
  readonly address: string;
  readonly alphabet: string;
  readonly messageClass: number | null;
  readonly body: string;
}

/** PDUs are the same when identical, or when parts, addresses, alphabet, class and the joined text agree. */
export function samePdus(expected: readonly string[], got: readonly string[]): boolean {
  if (expected.length !== got.length) return false;
  if (expected.every((pdu, index) => pdu.toUpperCase() === got[index]?.toUpperCase())) return true;
  const a = expected.map(factsOf);
  const b = got.map(factsOf);
  if (!a.every((facts, index) => sameAddressing(facts, b[index]))) return false;
  return a.map(({ body }) => body).join('') === b.map(({ body }) => body).join('');
}

function sameAddressing(expected: SubmitFacts, got: SubmitFacts | undefined): boolean {
  if (got === undefined) return false;
  const centre = expected.serviceCentre === '' || expected.serviceCentre === got.serviceCentre;
  const form = expected.alphabet === got.alphabet && expected.messageClass === got.messageClass;
  return centre && form && expected.address === got.address;
}

// Written without the product's decoder, so that it is not judged by itself.
function factsOf(hex: string): SubmitFacts {
  const octets = Buffer.from(hex, 'hex');
  const serviceCentre = octets.subarray(1, 1 + at(octets, 0)).toString('hex');
  const tpdu = octets.subarray(1 + at(octets, 0));
  const type = at(tpdu, 3) === 0xa1 ? 0x81 : at(tpdu, 3);
  const addressEnd = 4 + ((at(tpdu, 2) + 1) >> 1);
  const address = `${at(tpdu, 2)}/${type}/${tpdu.subarray(4, addressEnd).toString('hex')}`;
  const dcs = at(tpdu, addressEnd + 1);
  const validityOctets = [0, 7, 1, 7][(at(tpdu, 0) >> 3) & 3] ?? 0;
  const lengthAt = addressEnd + 2 + validityOctets;
  const userData = tpdu.subarray(lengthAt + 1);
  const headerOctets = at(tpdu, 0) & 0x40 ? at(userData, 0) + 1 : 0;
  const alphabet = alphabetOf(dcs);
  const body = bodyOf(userData, { alphabet, headerOctets, length: at(tpdu, lengthAt) });
  return { serviceCentre, address, alphabet, messageClass: dcs & 0x10 ? dcs & 0x13 : null, body };
}

function alphabetOf(dcs: number): string {
  if ((dcs & 0xf0) === 0xf0) return dcs & 0x04 ? '8bit' : 'gsm7';
  return ['gsm7', '8bit', 'ucs2', 'reserved'][(dcs >> 2) & 3] ?? 'reserved';
}

interface BodyForm {
  readonly alphabet: string;
  readonly headerOctets: number;
  readonly length: number;
}

function bodyOf(userData: Buffer, { alphabet, headerOctets, length }: BodyForm): string {
  if (alphabet !== 'gsm7') return userData.subarray(headerOctets, length).toString('hex');
  const first = Math.ceil((headerOctets * 8) / 7);
  let body = '';
  for (let index = first; index < length; index += 1) body += `${septetAt(userData, index)},`;
  return body;
}

function septetAt(octets: Buffer, index: number): number {
  const bit = index * 7;
  const pair = at(octets, bit >> 3) | (at(octets, (bit >> 3) + 1) << 8);
  return (pair >> (bit & 7)) & 0x7f;
}

function at(octets: Buffer, index: number): number {
  return octets[index] ?? 0;
}
