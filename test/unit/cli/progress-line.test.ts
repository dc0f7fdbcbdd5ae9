import { expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/progress-line.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

it('tells a terminal how far a work is, ten times a second at most, and clears the line away', async () => {
  const clock = new VirtualClock();
  const terminal = screen(true);
  const line = progressLine(terminal, clock);
  line.show('inbound', 500, 2000);
  line.show('inbound', 1000, 2000);
  await clock.advance(100);
  line.show('inbound', 1500, 2000);
  line.end();
  const erase = '\r\u001B[K';
  expect(terminal.written).toEqual([`${erase}inbound: 500 of 2000`, `${erase}inbound: 1500 of 2000`, erase]);
});

it('tells a file or a pipe nothing, and clears nothing that was not shown', () => {
  const file = screen(false);
  const line = progressLine(file, new VirtualClock());
  line.show('inbound', 500, 2000);
  line.end();
  const terminal = screen(true);
  progressLine(terminal, new VirtualClock()).end();
  expect([file.written, terminal.written]).toEqual([[], []]);
});
