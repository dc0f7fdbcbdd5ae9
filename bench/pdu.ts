import { Deliver, parse } from 'node-pdu';
import { decodePdu } from '../src/pdu/decode.ts';
import { type Figure, median, show } from './lab.ts';

/** SMS-DELIVER as they come in at a home: a code, a balance, full texts of both alphabets, and parts of long ones. */
const pdus: readonly string[] = [
  '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68',
  '07919761989901F0040DD0C2303BEC1E97010008521012214363212204110430043B0430043D0441003A0020002D00310032002C0035003000200440002E',
  `07919761989901F0040B919761214365F7000052101221436321A0${'54747A0E82CBDF6779B80D4ACF41'.repeat(10)}`,
  `07919761989901F0040B919761214365F70008521012214363218C${'04110430043B0430043D04410020041F'.repeat(8)}04110430043B04300021003F`,
  `07919761989901F0440B919761214365F7000052101221436321A00500032A0201${'54747A0E82CBDF6779B80D4ACF41'.repeat(9)}54747A0E82CBDF67`,
  `07919761989901F0440B919761214365F70008521012214363218C0500032A0202${'04110430043B0430043D04410020041F'.repeat(8)}04110430043B`,
];

const rounds = 15;
const passes = 2_000;

/** How many times quicker a PDU is decoded, text included, than by node-pdu in the same run. */
export async function benchPdu(): Promise<Figure[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(microsecondsEach(readOurs));
    theirs.push(microsecondsEach(readTheirs));
  }
  const [own, other] = [median(ours), median(theirs)];
  return await Promise.resolve([
    { name: 'decoding a PDU', value: own, unit: 'µs' },
    { name: 'decoding it with node-pdu', value: other, unit: 'µs' },
    { name: 'decoding a PDU, times as quick as node-pdu', value: other / own, unit: '×', atLeast: 10 },
  ]);
}

function microsecondsEach(read: (pdu: string) => number): number {
  const start = performance.now();
  let characters = 0;
  for (let pass = 0; pass < passes; pass += 1) for (const pdu of pdus) characters += read(pdu);
  const elapsed = performance.now() - start;
  if (characters === 0) throw new Error('nothing was read');
  return (elapsed * 1000) / (passes * pdus.length);
}

function readOurs(pdu: string): number {
  const { tpdu } = decodePdu(pdu);
  return tpdu.type === 'deliver' ? (tpdu.userData.text?.length ?? 0) : 0;
}

function readTheirs(pdu: string): number {
  const read = parse(pdu);
  return read instanceof Deliver ? read.data.getText().length : 0;
}

if (import.meta.main) for (const figure of await benchPdu()) show(figure);
