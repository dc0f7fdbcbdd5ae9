import { Deliver, parse } from 'node-pdu';
import { decodePdu } from '../src/pdu/decode.ts';
import { type Figure, median, show } from './lab.ts';

/** SMS-DELIVER as they come in at a home: a code, a balance, full texts of both alphabets, and parts of long ones. */
const pdus: readonly string[] = [
  '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68',
  '07919761989901F0040DD0C2303BEC1E97010008521012214363212204110430043B0430043D0441003A0020002D00310032002C0035003000200440002E',
  '07919761989901F0040B919761214365F7000052101221436321A0547419247EA7D9653928ED06D1D165D0B8CC6687E5207919FE96D3E7203A3A4C07D1D165D03D4C2FCB417079793EAFCBCB2074780E3287D9ECB21B242EB3DF77D0DB5D0689C3721668FE06C1D9E5F0BC0C62BFDF6B50D84C2FCB41693A88FE2687F33B101D5D06B9CB783A688C2E8FD7A0F41CD40E93CB20FABBFD96CBDF7750980E4287D966103C3CA783E6',
  '07919761989901F0040B919761214365F70008521012214363218C041D04300441043E0441002004320020043F043E043404320430043B043500200441043E043E04310449043004350442003A0020043404300432043B0435043D0438043500200432043E0434044B00200443043F0430043B043E0020043D0438043604350020043E0434043D043E0439002004300442043C043E0441044404350440044B002C0020043F0440',
  '07919761989901F0440B919761214365F7000052101221436321A00500032A0201A8E83248FC4EB3CB7250DA0DA2A3CBA07199CD0ECB41F232FC2DA7CF417474980EA2A3CBA07B985E9683E0F2F27C5E979741E8F01C640EB3D96537485C66BFEFA0B7BB0C1287E52CD0FC0D82B3CBE17919C47EBFD7A0B0995E9683D27410FD4D0EE777203ABA0C7297F174D0185D1EAF41E939A81D269741F477FB2D97BFEFA0301D840EB3CD',
  '07919761989901F0440B919761214365F70008521012214363218C0500032A0201041D04300441043E0441002004320020043F043E043404320430043B043500200441043E043E04310449043004350442003A0020043404300432043B0435043D0438043500200432043E0434044B00200443043F0430043B043E0020043D0438043604350020043E0434043D043E0439002004300442043C043E0441044404350440044B002C',
];

// Many short rounds, each of both: what else the machine does then slows both of a round alike.
const rounds = 41;
const passes = 700;

/** How many times quicker a PDU is decoded to sender, time and text than by node-pdu in the same run. */
export async function benchPdu(): Promise<Figure[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(microsecondsEach(readOurs));
    theirs.push(microsecondsEach(readTheirs));
  }
  const [own, other] = [median(ours), median(theirs)];
  const ratio = median(ours.map((each, round) => (theirs[round] ?? 0) / each));
  return await Promise.resolve([
    { name: 'decoding a PDU', value: own, unit: 'µs' },
    { name: 'decoding it with node-pdu', value: other, unit: 'µs' },
    { name: 'decoding a PDU, times as quick as node-pdu', value: ratio, unit: '×', atLeast: 10 },
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
  if (tpdu.type !== 'deliver') return 0;
  const { originatingAddress, timestamp, userData } = tpdu;
  return originatingAddress.number.length + (timestamp.text?.length ?? 0) + (userData.text?.length ?? 0);
}

function readTheirs(pdu: string): number {
  const read = parse(pdu);
  if (!(read instanceof Deliver)) return 0;
  const { address, serviceCenterTimeStamp, data } = read;
  return (address.phone?.length ?? 0) + serviceCenterTimeStamp.getIsoString().length + data.getText().length;
}

if (import.meta.main) for (const figure of await benchPdu()) show(figure);
