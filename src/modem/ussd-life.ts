/** Where a USSD session stands (TS 27.007 §7.15); there is one at a time. */
export type UssdLife =
  | { readonly type: 'idle' }
  /** The network waits for an answer to its menu. */
  | { readonly type: 'open' }
  /** A request is with the modem. `codings`: how many ways to write it there are; `coding`: the one in use, from 0. */
  | { readonly type: 'asking'; readonly request: string; readonly coding: number; readonly codings: number };

export type UssdInput =
  | { readonly type: 'ask'; readonly request: string; readonly codings: number }
  /** The final result code of the command that carried coding `coding`. */
  | { readonly type: 'accepted'; readonly coding: number }
  | { readonly type: 'refused'; readonly coding: number }
  /** +CUSD: <m>[,<str>]. */
  | { readonly type: 'event'; readonly status: number; readonly text: string | null }
  /** Nothing came in time. */
  | { readonly type: 'timeout' }
  /** Somebody wants the session closed. */
  | { readonly type: 'cancel' };

export type UssdAction =
  | { readonly type: 'write'; readonly coding: number }
  /** Begin to wait for the network. */
  | { readonly type: 'wait' }
  /** Tell the text; `request` is null when the network began. */
  | { readonly type: 'tell'; readonly request: string | null; readonly status: number; readonly text: string | null }
  /** The request has come to this. */
  | { readonly type: 'settle'; readonly end: UssdEnd }
  /** AT+CUSD=2. */
  | { readonly type: 'close' };

export type UssdEnd =
  /** `coding` worked. */
  | { readonly type: 'answered'; readonly status: number; readonly text: string | null; readonly coding: number }
  | { readonly type: 'refused' }
  | { readonly type: 'timeout' };

export interface UssdStep {
  readonly life: UssdLife;
  readonly actions: readonly UssdAction[];
}

const idle: UssdLife = { type: 'idle' };
export const initialUssd: UssdLife = idle;

const step = (life: UssdLife, ...actions: readonly UssdAction[]): UssdStep => ({ life, actions });
const settle = (end: UssdEnd): UssdAction => ({ type: 'settle', end });

/** One step of the session's life. */
export function nextUssd(life: UssdLife, input: UssdInput): UssdStep {
  switch (input.type) {
    case 'ask': {
      // One at a time: a second request has to come again later.
      if (life.type === 'asking') return step(life);
      const { request, codings } = input;
      return step({ type: 'asking', request, coding: 0, codings }, { type: 'write', coding: 0 });
    }
    case 'accepted':
      // Some modems tell the answer before they say OK; then there is nothing left to wait for.
      return life.type === 'asking' && life.coding === input.coding ? step(life, { type: 'wait' }) : step(life);
    case 'refused':
      return life.type === 'asking' && life.coding === input.coding ? nextCoding(life) : step(life);
    case 'event':
      return onEvent(life, input);
    case 'timeout':
      // The network may still have it: no other coding is tried, and the session is closed for the next one.
      return life.type === 'asking' ? step(idle, { type: 'close' }, settle({ type: 'timeout' })) : step(life);
    case 'cancel':
      if (life.type === 'asking') return step(idle, { type: 'close' }, settle({ type: 'refused' }));
      return step(idle, { type: 'close' });
  }
}

function nextCoding(life: Extract<UssdLife, { type: 'asking' }>): UssdStep {
  const coding = life.coding + 1;
  if (coding >= life.codings) return step(idle, settle({ type: 'refused' }));
  return step({ ...life, coding }, { type: 'write', coding });
}

function onEvent(life: UssdLife, { status, text }: { status: number; text: string | null }): UssdStep {
  const after: UssdLife = status === 1 ? { type: 'open' } : idle;
  if (life.type !== 'asking') return step(after, { type: 'tell', request: null, status, text });
  // 2 and 4 without a text are how a wrong coding is refused.
  if (text === null && (status === 2 || status === 4)) return nextCoding(life);
  if (status === 5) return step(idle, settle({ type: 'timeout' }));
  return step(
    after,
    { type: 'tell', request: life.request, status, text },
    settle({ type: 'answered', status, text, coding: life.coding }),
  );
}
