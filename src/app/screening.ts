import type { StoreReads } from '../store/store.ts';

/**
 * Whether a sender or caller is blocked: on the list of those who are denied, or not on the list of those who alone are allowed,
 * as far as each list is heeded. Who has no address is not blocked: what cannot be read must not be overlooked.
 */
export async function isBlocked(store: StoreReads, address: string): Promise<boolean> {
  if (address === '') return false;
  const { active, naming } = await store.screen(patternsFor(address));
  if (active.includes('deny') && naming.includes('deny')) return true;
  return active.includes('allow') && !naming.includes('allow');
}

/** All patterns that an address can be meant by, in lower case: itself, and each beginning of it with `*` behind. */
export function patternsFor(address: string): string[] {
  const letters = Array.from(address.toLowerCase());
  return [
    letters.join(''),
    ...Array.from({ length: letters.length + 1 }, (_, end) => `${letters.slice(0, end).join('')}*`),
  ];
}
