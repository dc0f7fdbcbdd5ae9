import type { Random } from '../../src/core/random.ts';
import { type Blow, victims } from './roles.ts';

export interface Hardness {
  /** How often each victim is killed alone, and as often together with another one. */
  readonly moments: number;
  /** How long a wire stays cut, ms. */
  readonly cutMs: number;
}

const wires = [
  ['worker modem', 'rabbit'],
  ['handler', 'rabbit'],
  ['handler', 'postgres'],
  ['scheduler', 'rabbit'],
  ['scheduler', 'postgres'],
  ['api', 'rabbit'],
  ['api', 'postgres'],
] as const;

/** Everything that can happen to an installation, in an order by chance. */
export function rolesBlows(random: Random, { moments, cutMs }: Hardness): Blow[] {
  const alone = victims.flatMap((victim) => times(moments, (): Blow => ({ type: 'kill', victims: [victim] })));
  const pairs = victims.flatMap((one, index) => victims.slice(index + 1).map((other) => [one, other] as const));
  const each = Math.ceil(moments / (victims.length - 1));
  const together = pairs.flatMap((pair) => times(each, (): Blow => ({ type: 'kill', victims: pair })));
  const cuts = wires.map(([role, server]): Blow => ({ type: 'cut', role, server, ms: cutMs }));
  const purges = times(Math.ceil(moments / 5), (): Blow => ({ type: 'purge' }));
  return shuffled([...alone, ...together, ...cuts, ...purges], random);
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
