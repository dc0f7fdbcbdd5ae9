import { expect, it } from 'vitest';
import { WireTrace } from '../../../src/cli/roles/wire-trace.ts';
import type { WireLine } from '../../../src/core/live.ts';
import { bytesOf, ScriptedStream } from '../../support/scripted-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

async function open() {
  const clock = new VirtualClock();
  const told: WireLine[] = [];
  const trace = new WireTrace(clock, (lines) => told.push(...lines));
  const port = new ScriptedStream({
    'AT+CSQ\r': 'AT+CSQ\r\r\n+CSQ: 21,99\r\n\r\nOK\r\n',
    'AT+CMGS=19\r': '\r\n> ',
    '0011000B919761214365F70000AA04D4F29C0E\x1a': '\r\n+CMGS: 7\r\n\r\nOK\r\n',
  });
  const stream = await trace.watch(async () => port)();
  stream.onData(() => {});
  const say = async (text: string) => {
    await stream.write(bytesOf(text));
    await clock.advance(200);
  };
  return { clock, trace, say, lines: () => told.map(({ direction, text }) => `${direction} ${text}`) };
}

it('tells the dialogue line by line, the prompt and the masked PDU too', async () => {
  const { trace, say, lines } = await open();
  trace.tellFor(60_000);
  await say('AT+CSQ\r');
  await say('AT+CMGS=19\r');
  await say('0011000B919761214365F70000AA04D4F29C0E\x1a');
  expect(lines()).toEqual([
    'out AT+CSQ',
    'in AT+CSQ',
    'in +CSQ: 21,99',
    'in OK',
    'out AT+CMGS=19',
    'in > ',
    'out •••• (19 octets)',
    'in +CMGS: 7',
    'in OK',
  ]);
});

it('tells nothing before it is asked to, and nothing after its time', async () => {
  const { clock, trace, say, lines } = await open();
  await say('AT+CSQ\r');
  trace.tellFor(60_000);
  await clock.advance(59_000);
  await say('AT+CSQ\r');
  await clock.advance(1_000);
  await say('AT+CSQ\r');
  expect(lines()).toHaveLength(4);
});
