import type { DeadLetter } from '../bus/rabbitmq/dead-letter.ts';
import type { Listing } from '../bus/rabbitmq/dead-letters.ts';
import { alignedTable } from './aligned-table.ts';
import { localMoment } from './local-moment.ts';
import { printable } from './printable.ts';

/** Dead letters for a terminal: what they are and why they lie there, nothing of what was said by whom. */
export function letterTable({ letters, total }: Listing): string {
  if (total === 0) return 'No dead letters.';
  const rows = letters.map((letter) => [
    String(letter.number),
    timeOf(letter),
    shown(letter.modem),
    shown(letter.type),
    shown(letter.id),
    discreet(letter.reason),
  ]);
  const table = alignedTable(['no', 'put aside', 'modem', 'event', 'event id', 'reason'], rows);
  return letters.length < total ? `${table}\nThe first ${letters.length} of ${total}; more with --limit.` : table;
}

/** One dead letter with everything in it. */
export function letterInFull(letter: DeadLetter): string {
  const body = typeof letter.body === 'string' ? letter.body : JSON.stringify(letter.body, null, 2);
  const head = [
    ['number', String(letter.number)],
    ['put aside', timeOf(letter)],
    ['queue', shown(letter.queue)],
    ['reason', printable(letter.reason)],
  ].map(([name = '', value = '']) => `${name.padEnd(9)}  ${value}`);
  return [...head, '', ...body.split('\n').map(printable)].join('\n');
}

const timeOf = ({ at }: DeadLetter): string => (at === null ? '?' : localMoment(at));
const shown = (word: string | null): string => (word === null ? '?' : printable(word));

/** A reason quotes what was wrong now and then: numbers and PDUs are cut short, what stands in quotation marks goes. */
const discreet = (reason: string): string =>
  printable(reason)
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/\b[0-9A-Fa-f]{24,}\b/g, '…')
    .replaceAll(/\+?\d{7,}/g, '…');
