import { SimloftError } from '../core/errors.ts';
import { alignedTable } from './aligned-table.ts';
import { printable } from './printable.ts';

export interface ShownTarget {
  readonly id: number;
  readonly name: string;
}

/** The items of a list that the API answered. @throws SimloftError `gateway_refused` */
export function listOf(answer: unknown): readonly unknown[] {
  const items = field(answer, 'items');
  if (Array.isArray(items)) return items;
  throw new SimloftError('gateway_refused', 'What answers there is not a Simloft gateway.');
}

/** One line a webhook. */
export function targetsTable(targets: readonly unknown[]): string {
  if (targets.length === 0)
    return 'No webhooks. To add one: simloft webhooks add house --url http://192.168.1.5:8123/hook';
  const rows = targets.map((target) => [
    text(target, 'id'),
    text(target, 'name'),
    text(target, 'template'),
    field(target, 'enabled') === true ? 'yes' : `no ${text(target, 'disabled_why')}`.trim(),
    text(target, 'url'),
  ]);
  return alignedTable(['id', 'name', 'template', 'enabled', 'url'], rows, new Set(['id']));
}

/** One line a delivery, newest first. */
export function deliveriesTable(deliveries: readonly unknown[]): string {
  if (deliveries.length === 0) return 'Nothing was told.';
  const rows = deliveries.map((delivery) => [
    text(delivery, 'id'),
    text(delivery, 'created_at'),
    text(delivery, 'type'),
    text(delivery, 'about'),
    text(delivery, 'state'),
    text(delivery, 'attempt'),
    text(delivery, 'error'),
  ]);
  const titles = ['id', 'created', 'event', 'about', 'state', 'tries', 'error'];
  return alignedTable(titles, rows, new Set(['id', 'tries']));
}

/** What a test came to, with what the target answered. */
export function outcomeOf(delivery: unknown): { readonly delivered: boolean; readonly sentence: string } {
  const attempts = field(delivery, 'attempts');
  const last: unknown = Array.isArray(attempts) ? attempts.at(-1) : null;
  const delivered = field(delivery, 'state') === 'delivered';
  const answer = text(last, 'answer');
  const said = answer === '' ? '' : `\n${answer}`;
  const sentence = delivered
    ? `It answered ${text(last, 'status')} after ${text(last, 'ms')} ms.`
    : `It was not told. ${text(delivery, 'error')}`;
  return { delivered, sentence: `${sentence}${said}` };
}

export const secretOf = (target: unknown): string => text(target, 'secret');

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;

/** What others have answered is hostile: nothing in it reaches the terminal as a control sequence. */
function text(of: unknown, name: string): string {
  const value = field(of, name);
  if (typeof value === 'string') return printable(value);
  return typeof value === 'number' ? String(value) : '';
}
