import { useSyncExternalStore } from 'react';
import { patchLists } from './patch-lists.ts';
import { queryClient, type Reads, refreshBut } from './queries.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

/** What each event makes old. */
const old: Readonly<Record<string, readonly Reads[]>> = {
  'message.received': ['GET /v1/messages', 'GET /v1/conversations'],
  'message.extended': ['GET /v1/messages', 'GET /v1/conversations'],
  'message.changed': ['GET /v1/messages', 'GET /v1/messages/{id}', 'GET /v1/conversations'],
  'call.changed': ['GET /v1/calls'],
  'modem.changed': ['GET /v1/modems', 'GET /v1/status', 'GET /v1/modems/{id}/log'],
  'reading.changed': ['GET /v1/modems'],
};
const againMs = 2_000;

/** The event holds the message as the lists show it; one that was deleted meanwhile is not in it. */
function patched(data: string): ReadonlySet<string> {
  const message: Parameters<typeof patchLists>[1] & { readonly deleted?: true } = JSON.parse(data);
  return message.deleted === true ? new Set() : patchLists(queryClient, message);
}

/** The stream of events, for as long as somebody looks at the page. */
export class Live {
  #state: LiveState = 'connecting';
  #source: EventSource | null = null;
  #timer: number | undefined;
  readonly #watchers = new Set<() => void>();
  readonly #onMessage: (data: string) => void;

  /** @param onMessage is given each message that comes in, as JSON. */
  constructor(onMessage: (data: string) => void) {
    this.#onMessage = onMessage;
  }

  readonly state = (): LiveState => this.#state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  open(types: readonly string[]): void {
    this.close();
    const source = new EventSource(`/v1/events?types=${types.join(',')}`);
    this.#source = source;
    source.addEventListener('open', () => {
      // What happened while nobody listened is told again only after a break that the browser mended itself.
      if (this.#state === 'lost') void queryClient.invalidateQueries();
      this.#become('live');
    });
    source.addEventListener('error', () => {
      this.#become('lost');
      if (source.readyState !== EventSource.CLOSED) return;
      this.#timer = window.setTimeout(() => this.open(types), againMs);
    });
    source.addEventListener('reset', () => void queryClient.invalidateQueries());
    for (const [type, names] of Object.entries(old)) {
      source.addEventListener(type, (event: MessageEvent<string>) => {
        void refreshBut(type.startsWith('message.') ? patched(event.data) : new Set(), names);
        if (type === 'message.received') this.#onMessage(event.data);
      });
    }
  }

  close(): void {
    window.clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #become(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

export const useLiveState = (live: Live): LiveState => useSyncExternalStore(live.watch, live.state);
