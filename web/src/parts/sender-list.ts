import type { Answer } from '../api/client.ts';
import { useOrder, useRead } from '../api/queries.ts';

export type ListName = 'allow' | 'deny';
export type ListEntry = Answer<'GET /v1/lists/{list}'>['entries'][number];

/** Who is denied, or who alone is allowed, and how to change that. */
export function useSenderList(list: ListName) {
  const old = ['GET /v1/lists/{list}'] as const;
  const read = useRead('GET /v1/lists/{list}', { params: { list } });
  const put = useOrder('POST /v1/lists/{list}/entries', old);
  const take = useOrder('DELETE /v1/lists/{list}/entries/{id}', old);
  const heed = useOrder('PUT /v1/lists/{list}', old);
  return {
    read,
    put,
    heed,
    take,
    error: put.error ?? take.error ?? heed.error,
    /** What went wrong has been read. */
    forget: () => {
      for (const order of [put, take, heed]) order.reset();
    },
  };
}

/** What on a list means an address: itself before the beginning of it, with `*` behind, whatever the case. */
export function entryFor(entries: readonly ListEntry[], address: string): ListEntry | null {
  const wanted = address.toLowerCase();
  const exact = entries.find(({ pattern }) => pattern.toLowerCase() === wanted);
  const wider = entries.find(
    ({ pattern }) => pattern.endsWith('*') && wanted.startsWith(pattern.slice(0, -1).toLowerCase()),
  );
  return exact ?? wider ?? null;
}

/** Whether an entry names an address itself, and not others with it. */
export const isExact = ({ pattern }: ListEntry, address: string): boolean =>
  pattern.toLowerCase() === address.toLowerCase();
