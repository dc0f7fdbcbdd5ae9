import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Answer } from './client.ts';

type Page = Answer<'GET /v1/messages'>;
type Message = Page['items'][number];
type Pages = InfiniteData<Page>;

/** To read so many pages anew takes no longer than one blinks. */
const fewPages = 2;

/** What a list was asked for beside its length; a new message may not belong to a list that asked for more. */
function hasFilter(key: readonly unknown[]): boolean {
  const [, request] = key;
  const { query }: { query?: object } = Object(request);
  return Object.keys(query ?? {}).some((name) => name !== 'limit');
}

/**
 * Puts a message that has come or changed into the long lists of messages: they are not read anew, page by page, for each of them.
 * Gives the lists that it has seen to.
 */
export function patchLists(client: QueryClient, message: Message): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { queryKey, queryHash, state } of client.getQueryCache().findAll({ queryKey: ['GET /v1/messages'] })) {
    if (queryKey.at(-1) !== 'pages') continue;
    const pages: Pages | undefined = client.getQueryData(queryKey);
    if (pages === undefined || pages.pages.length <= fewPages || state.status !== 'success') continue;
    seen.add(queryHash);
    client.setQueryData(queryKey, withMessage(pages, message, hasFilter(queryKey)));
  }
  return seen;
}

function withMessage(all: Pages, message: Message, isFiltered: boolean): Pages {
  const isThere = all.pages.some(({ items }) => items.some(({ id }) => id === message.id));
  if (isThere) {
    const patched = (page: Page): Page => ({
      ...page,
      items: page.items.map((item) => (item.id === message.id ? message : item)),
    });
    return {
      ...all,
      pages: all.pages.map((page) => (page.items.some(({ id }) => id === message.id) ? patched(page) : page)),
    };
  }
  const [first, ...rest] = all.pages;
  if (first === undefined || isFiltered) return all;
  return { ...all, pages: [{ ...first, items: [message, ...first.items] }, ...rest] };
}
