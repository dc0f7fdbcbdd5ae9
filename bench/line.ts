import { systemClock } from '../src/core/clock.ts';
import { seededRandom } from '../src/core/random.ts';
import { VirtualModem } from '../src/virtual/virtual-modem.ts';
import { GatewayProcess } from '../test/support/gateway-process.ts';
import { until } from '../test/support/until.ts';
import { type Figure, workFolder } from './lab.ts';
import { type Passed, SerialLine } from './serial-line.ts';

const baud = 115_200;
const count = 50;
/** A full single part: 160 septets. */
const text = 'The quick brown fox jumps over the lazy dog. '.repeat(4).slice(0, 160);

/** How near draining and sending come to the time that the bytes of the shortest possible dialogue need. */
export async function benchLine(): Promise<Figure[]> {
  return [
    {
      name: `${count} stored messages drained at ${baud} baud: time / time of the bytes`,
      value: await drain(),
      unit: '×',
      atMost: 1.1,
    },
    {
      name: `${count} messages sent at ${baud} baud: time / time of the bytes`,
      value: await send(),
      unit: '×',
      atMost: 1.1,
    },
  ];
}

async function drain(): Promise<number> {
  using folder = workFolder();
  const modem = cleanModem();
  for (let index = 0; index < count; index += 1) modem.network.deliver({ from: `+7903000${1000 + index}`, text });
  const line = new SerialLine(() => modem.connect(), baud);
  const gateway = await GatewayProcess.start({
    MODEM_PORT: await line.open(),
    DATA_DIR: folder.path,
    LOG_LEVEL: 'warn',
  });
  try {
    await until('the SIM to be empty', () => line.passed.length > 0 && modem.stored('SM').length === 0, 60_000);
    await until('the last answer', () => line.tail.endsWith('OK\r\n'));
    const first = line.passed.findIndex(({ from, text: bytes }) => from === 'gateway' && bytes.startsWith('AT+CMGL'));
    return dialogue(line.passed.slice(first), /^AT\+CMG[LD]/, line.msPerByte);
  } finally {
    await gateway.end('SIGTERM');
    line.close();
  }
}

/** The messages wait in the store before the modem comes: what is measured is sending, not asking for it. As many go before them, because a gateway runs for months. */
async function send(): Promise<number> {
  using folder = workFolder();
  const modem = cleanModem();
  modem.network.setReports({ statuses: [] });
  const line = new SerialLine(() => modem.connect(), baud);
  const port = await line.open();
  line.accepting = false;
  const gateway = await GatewayProcess.start({ MODEM_PORT: port, DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
  try {
    for (let index = 0; index < 2 * count; index += 1)
      await gateway.post('/send-sms', { phone: `+7916000${1000 + index}`, text });
    line.accepting = true;
    await until('all messages to be sent', () => modem.network.submitted.length === 2 * count, 60_000);
    await until('the last answer', () => line.tail.endsWith('OK\r\n'));
    const begins = line.passed.flatMap(({ from, text: bytes }, index) =>
      from === 'gateway' && bytes.startsWith('AT+CMGS') ? [index] : [],
    );
    return dialogue(line.passed.slice(begins[count]), /^(?:AT\+CMGS|[0-9A-F]{20})/, line.msPerByte);
  } finally {
    await gateway.end('SIGTERM');
    line.close();
  }
}

const cleanModem = () =>
  new VirtualModem({ clock: systemClock, random: seededRandom(1), profile: 'clean', slots: count + 10 });

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
