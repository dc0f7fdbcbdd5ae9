import { systemClock } from '../src/core/clock.ts';
import { seededRandom } from '../src/core/random.ts';
import { VirtualModem } from '../src/virtual/virtual-modem.ts';
import { GatewayProcess } from '../test/support/gateway-process.ts';
import { until } from '../test/support/until.ts';
import { type Figure, workFolder } from './lab.ts';
import { type Passed, SerialLine } from './serial-line.ts';

const baud = 115_200;
const count = 50;
const text = 'The quick brown fox jumps over the lazy dog. '.repeat(4).slice(0, 150).trimEnd();

/** How near draining and sending come to the time that the bytes of the shortest possible dialogue need. */
export async function benchLine(): Promise<Figure[]> {
  using folder = workFolder();
  const modem = new VirtualModem({ clock: systemClock, random: seededRandom(1), profile: 'clean', slots: count + 10 });
  fillSim(modem);
  const line = new SerialLine(() => modem.connect(), baud);
  const gateway = await GatewayProcess.start({
    MODEM_PORT: await line.open(),
    DATA_DIR: folder.path,
    LOG_LEVEL: 'warn',
  });
  try {
    const listings = () =>
      line.passed.findIndex(({ from, text: bytes }) => from === 'gateway' && bytes.startsWith('AT+CMGL'));
    await until('the SIM to be empty', () => modem.stored('SM').length === 0 && listings() >= 0, 60_000);
    const drained = dialogue(line.passed.slice(listings()), /^AT\+CMG[LD]/, line.msPerByte);
    await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
    const before = line.passed.length;
    const posts = Array.from({ length: count }, (_, index) =>
      gateway.post('/send-sms', { phone: `+7916000${1000 + index}`, text }),
    );
    await Promise.all(posts);
    await until('all messages to be sent', () => modem.network.submitted.length === count, 60_000);
    await until('the last answer', () => line.passed.at(-1)?.text.includes('OK') === true);
    const sent = dialogue(line.passed.slice(before), /^(?:AT\+CMGS|[0-9A-F]{20})/, line.msPerByte);
    return [
      {
        name: `${count} stored messages drained at ${baud} baud: time / time of the bytes`,
        value: drained,
        unit: '×',
        atMost: 1.1,
      },
      { name: `${count} messages sent at ${baud} baud: time / time of the bytes`, value: sent, unit: '×', atMost: 1.1 },
    ];
  } finally {
    await gateway.end('SIGTERM');
    line.close();
  }
}

/** Time from the first to the last byte of the commands that are needed, over the time that these commands and their answers take on the line. */
function dialogue(passed: readonly Passed[], needed: RegExp, msPerByte: number): number {
  let bytes = 0;
  let begin: number | null = null;
  let end = 0;
  let counts = false;
  for (const piece of passed) {
    if (piece.from === 'gateway') counts = needed.test(piece.text);
    if (!counts) continue;
    begin ??= piece.begin;
    end = piece.end;
    bytes += piece.text.length;
  }
  return (end - (begin ?? 0)) / (bytes * msPerByte);
}

function fillSim(modem: VirtualModem): void {
  for (let index = 0; index < count; index += 1) modem.network.deliver({ from: `+7903000${1000 + index}`, text });
}
