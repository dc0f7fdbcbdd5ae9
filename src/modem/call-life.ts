/** A phone that rings, from its first sign to its end. */
export interface OpenCall {
  readonly id: string;
  /** Null as long as no number is known, and for withheld ones. */
  readonly number: string | null;
  /** How it was settled who calls: by +CLIP, or by its absence; null while it is still waited for. */
  readonly told: 'clip' | 'absence' | null;
  readonly withheld: boolean;
  /** Epoch ms, as all times here. */
  readonly startedAt: number;
  readonly lastSignAt: number;
  readonly lastRingAt: number;
  readonly rings: number;
  /** Longest pause between two rings so far, ms. */
  readonly intervalMs: number;
  readonly rejected: boolean;
  /** What counted the last ring: RING and the CLIP beside it are one. */
  readonly lastSign: 'ring' | 'clip';
}

/** A call whose end was told a moment ago. */
export interface EndedCall {
  readonly call: OpenCall;
  /** It only fell silent: a further ring of the same number soon continues it. */
  readonly resumable: boolean;
}

export interface CallLife {
  readonly open: readonly OpenCall[];
  readonly lingering: readonly EndedCall[];
}

export const noCalls: CallLife = { open: [], lingering: [] };

export type CallInput =
  /** RING or +CRING. `id` is used when a call begins with it. */
  | { readonly type: 'ring'; readonly at: number; readonly id: string }
  /** +CLIP; `number` is null when withheld or not available. */
  | {
      readonly type: 'clip';
      readonly at: number;
      readonly id: string;
      readonly number: string | null;
      readonly withheld: boolean;
    }
  /** +CCWA: somebody else calls meanwhile. */
  | {
      readonly type: 'waiting';
      readonly at: number;
      readonly id: string;
      readonly number: string | null;
      readonly withheld: boolean;
    }
  /** NO CARRIER, BUSY, HANGUP, ^CEND, VOICE CALL: END. */
  | { readonly type: 'end'; readonly at: number }
  /** MISSED_CALL; `number` is null when it is not told. */
  | { readonly type: 'missed'; readonly at: number; readonly id: string; readonly number: string | null }
  /** We hung up on whoever rings. */
  | { readonly type: 'reject'; readonly at: number }
  /** The link is gone; nobody will tell how they end. */
  | { readonly type: 'lose'; readonly at: number }
  | { readonly type: 'tick'; readonly at: number };

export type CallEffect =
  | { readonly type: 'ringing'; readonly call: OpenCall }
  | { readonly type: 'ended'; readonly call: OpenCall; readonly at: number; readonly outcome: 'missed' | 'rejected' };

export interface CallStep {
  readonly life: CallLife;
  readonly effects: readonly CallEffect[];
}

/** How long a number may come after the first RING. */
export const numberWaitMs = 3_000;
/** A RING and a CLIP closer than this are the same ring. */
const sameRingMs = 2_500;
/** Many modems never say that the caller has hung up: this long without a sign, and it is over. */
const silenceMs = 10_000;
const longestSilenceMs = 30_000;
/** A call that only fell silent and rings again within this time is the same. */
const lingerMs = 30_000;

/** One step of the calls' life. */
export function nextCalls(life: CallLife, input: CallInput): CallStep {
  switch (input.type) {
    case 'ring':
      return onRing(life, input);
    case 'clip':
      return onNumber(life, input, true);
    case 'waiting':
      return onNumber(life, input, false);
    case 'missed':
      return onMissed(life, input);
    case 'end':
    case 'lose':
      return endAll(life, input.at);
    case 'reject':
      return { life: { ...life, open: life.open.map((call) => ({ ...call, rejected: true })) }, effects: [] };
    case 'tick':
      return onTick(life, input.at);
  }
}

/** When the next `tick` is wanted, epoch ms; null when nothing waits. */
export function nextCallTick({ open, lingering }: CallLife): number | null {
  const times = [
    ...open.map((call) =>
      call.told === null ? Math.min(call.startedAt + numberWaitMs, silentAt(call)) : silentAt(call),
    ),
    ...lingering.map(({ call }) => call.lastSignAt + lingerMs),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

const silentAt = (call: OpenCall) =>
  call.lastSignAt + Math.min(longestSilenceMs, Math.max(silenceMs, 2 * call.intervalMs + 2_000));

const begin = (id: string, at: number, lastSign: 'ring' | 'clip'): OpenCall => ({
  id,
  number: null,
  told: null,
  withheld: false,
  startedAt: at,
  lastSignAt: at,
  lastRingAt: at,
  rings: 1,
  intervalMs: 0,
  rejected: false,
  lastSign,
});

/** Another sign of a call that is known: the next ring, or the other half of the last one. */
function sign(call: OpenCall, at: number, lastSign: 'ring' | 'clip'): OpenCall {
  const sinceRing = at - call.lastRingAt;
  if (call.lastSign !== lastSign && sinceRing < sameRingMs) return { ...call, lastSignAt: at };
  // A CLIP that comes late for the first ring is no second one.
  if (lastSign === 'clip' && call.told !== 'clip') return { ...call, lastSignAt: at };
  return {
    ...call,
    lastSignAt: at,
    lastRingAt: at,
    rings: call.rings + 1,
    intervalMs: Math.max(call.intervalMs, sinceRing),
    lastSign,
  };
}

const replace = (calls: readonly OpenCall[], call: OpenCall) =>
  calls.map((other) => (other.id === call.id ? call : other));

function onRing(life: CallLife, { at, id }: { at: number; id: string }): CallStep {
  // With several calls nobody can tell which one rings; it is the one that rang before.
  const ringing = life.open.at(0);
  const open = ringing === undefined ? [begin(id, at, 'ring')] : replace(life.open, sign(ringing, at, 'ring'));
  return { life: { ...life, open }, effects: [] };
}

interface NumberInput {
  readonly at: number;
  readonly id: string;
  readonly number: string | null;
  readonly withheld: boolean;
}

function onNumber(life: CallLife, input: NumberInput, alone: boolean): CallStep {
  const same = life.open.find((call) => call.told === 'clip' && call.number === input.number);
  if (same !== undefined)
    return { life: { ...life, open: replace(life.open, sign(same, input.at, 'clip')) }, effects: [] };
  const nameless = alone ? life.open.find((call) => call.told !== 'clip') : undefined;
  const base = nameless === undefined ? begin(input.id, input.at, 'clip') : sign(nameless, input.at, 'clip');
  const call: OpenCall = { ...base, number: input.number, withheld: input.withheld, told: 'clip' };
  const resumed = life.lingering.find(
    (ended) => ended.resumable && call.number !== null && ended.call.number === call.number,
  );
  if (resumed !== undefined && nameless?.told !== 'absence') return resume(life, resumed.call, call);
  if (nameless !== undefined) {
    const repeats = nameless.told === 'absence' && call.number === null;
    return { life: { ...life, open: replace(life.open, call) }, effects: repeats ? [] : [{ type: 'ringing', call }] };
  }
  const others = alone ? endAll(life, input.at) : { life, effects: [] };
  return {
    life: { ...others.life, open: [...others.life.open, call] },
    effects: [...others.effects, { type: 'ringing', call }],
  };
}

/** A call that was thought to be over rings on: its record goes on too. */
function resume(life: CallLife, old: OpenCall, fresh: OpenCall): CallStep {
  const call = { ...fresh, id: old.id, startedAt: old.startedAt, rings: old.rings + fresh.rings };
  return {
    life: {
      open: [...life.open.filter(({ id }) => id !== fresh.id), call],
      lingering: life.lingering.filter((ended) => ended.call.id !== old.id),
    },
    effects: [],
  };
}

function ended(call: OpenCall, at: number): CallEffect {
  const whole = call.number === null ? { ...call, withheld: call.told === 'clip' ? call.withheld : true } : call;
  return { type: 'ended', call: whole, at, outcome: call.rejected ? 'rejected' : 'missed' };
}

function onMissed(life: CallLife, input: { at: number; id: string; number: string | null }): CallStep {
  if (life.open.length > 0) {
    const open = life.open.map(
      (call): OpenCall =>
        call.number === null && input.number !== null
          ? { ...call, number: input.number, withheld: false, told: 'clip' }
          : call,
    );
    return endAll({ ...life, open }, input.at);
  }
  // Its rings, and perhaps NO CARRIER, have told it before.
  if (input.number === null || life.lingering.some(({ call }) => call.number === input.number))
    return { life, effects: [] };
  const call: OpenCall = { ...begin(input.id, input.at, 'clip'), number: input.number, told: 'clip' };
  return {
    life: { ...life, lingering: [...life.lingering, { call, resumable: false }] },
    effects: [{ type: 'ringing', call }, ended(call, input.at)],
  };
}

/** With its end told a call is over for good: the next ring is a new one. */
function endAll(life: CallLife, at: number): CallStep {
  const over = life.open.map((call) => ({ call, resumable: false }));
  return {
    life: { open: [], lingering: [...life.lingering, ...over] },
    effects: life.open.map((call) => ended(call, at)),
  };
}

function onTick(life: CallLife, at: number): CallStep {
  const effects: CallEffect[] = [];
  const open: OpenCall[] = [];
  const lingering = life.lingering.filter(({ call }) => at < call.lastSignAt + lingerMs);
  for (const call of life.open) {
    const late = call.told === null && at >= call.startedAt + numberWaitMs;
    // No +CLIP at all is one of the forms in which a withheld number comes.
    const settled: OpenCall = late ? { ...call, told: 'absence', withheld: true } : call;
    if (late) effects.push({ type: 'ringing', call: settled });
    if (at >= silentAt(settled)) {
      effects.push(ended(settled, settled.lastSignAt));
      lingering.push({ call: settled, resumable: true });
    } else open.push(settled);
  }
  return { life: { open, lingering }, effects };
}
