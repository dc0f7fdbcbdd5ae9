import { QueryClient, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { type Answer, type Api, ApiError, call, type RequestOf } from './client.ts';

type Names<Method extends string> = Extract<keyof Api, `${Method} ${string}`>;
export type Reads = Names<'GET'>;

/** What is shown is kept while one looks elsewhere; the stream of events says what is old. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      retry: (count, error) => error instanceof ApiError && (error.status === 0 || error.status >= 500) && count < 2,
      retryDelay: 700,
    },
  },
});

/** Everything that was read by one of these requests is old, but for what was seen to already. */
export const refreshBut = (done: ReadonlySet<string>, names: readonly Reads[]): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey, queryHash }) => names.some((name) => name === queryKey[0]) && !done.has(queryHash),
  });

/** Everything that was read by one of these requests is old. */
export const refresh = (...names: readonly Reads[]): Promise<void> => refreshBut(new Set(), names);

export function useRead<Name extends Reads>(
  name: Name,
  request: RequestOf<Name>,
  options: {
    readonly enabled?: boolean;
    readonly refetchInterval?: number | ((query: { readonly state: { readonly status: string } }) => number);
  } = {},
) {
  return useQuery<Answer<Name>>({
    queryKey: [name, request],
    queryFn: ({ signal }) => call(name, request, signal),
    ...options,
  });
}

type Listed = { readonly items: readonly unknown[]; readonly next: string | null };
type Lists = { [Name in Reads]: Answer<Name> extends Listed ? Name : never }[Reads];

/** A list that comes page by page. */
export function usePages<Name extends Lists>(name: Name, query: Api[Name]['query'], enabled = true) {
  return useInfiniteQuery({
    queryKey: [name, { query }, 'pages'],
    enabled,
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }): Promise<Answer<Name>> => {
      const whole = { ...query, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      return call<Name>(name, Object({ query: whole }), signal);
    },
    getNextPageParam: (last: Listed) => last.next ?? undefined,
  });
}

/** Something that is done; what it makes old is read again. */
export function useOrder<Name extends Exclude<keyof Api, Reads>>(name: Name, old: readonly Reads[] = []) {
  return useMutation<Answer<Name>, Error, RequestOf<Name>>({
    mutationFn: (request) => call(name, request),
    onSettled: () => refresh(...old),
  });
}
