import type { FinalResult } from './final-result.ts';
import type { SubmitOutcome } from './outcome.ts';

/** Where the command line stands. Exactly one command is on it at a time. */
export type LifeState =
  /** The next command may be written. */
  | { readonly type: 'idle' }
  /** A command has been written. */
  | { readonly type: 'await-final' }
  /** CMGS has been written; `note` is the durable note that the message is about to be sent. */
  | { readonly type: 'await-prompt'; readonly note: NoteState }
  /** The prompt is open and the note is not written yet. */
  | { readonly type: 'await-note' }
  /** The PDU and Ctrl-Z have been written: nothing may follow until the result is known. */
  | { readonly type: 'await-result'; readonly reference: Reference | null }
  /** ESC has been written; `outcome` is told when the prompt is surely closed. */
  | { readonly type: 'escaping'; readonly outcome: SubmitOutcome }
  /** An answer is overdue. Whatever comes now belongs to the past; the line must be synchronised before the next command. */
  | { readonly type: 'quarantine'; readonly cause: QuarantineCause }
  | { readonly type: 'closed' };

export type NoteState =
  | { readonly type: 'pending' }
  | { readonly type: 'written' }
  | { readonly type: 'failed'; readonly error: unknown };

/** What was overdue; it decides how the line may be synchronised: ESC after a prompt, silence after a PDU. */
export type QuarantineCause = 'command' | 'prompt' | 'pdu';

export interface Reference {
  readonly value: number;
  readonly line: string;
}

export type LifeInput =
  | { readonly type: 'command' }
  | { readonly type: 'message' }
  | { readonly type: 'prompt' }
  | { readonly type: 'note-written' }
  | { readonly type: 'note-failed'; readonly error: unknown }
  | { readonly type: 'reference'; readonly reference: Reference }
  | { readonly type: 'final'; readonly result: FinalResult }
  /** The answer has come, its final result code not, and it has been quiet: some modems leave the code out. */
  | { readonly type: 'settled' }
  | { readonly type: 'timeout' }
  | { readonly type: 'closed' };

export type LifeAction =
  | { readonly type: 'write-command' }
  | { readonly type: 'write-pdu' }
  | { readonly type: 'write-escape' }
  /** The command's outcome; `answered` with null when it settled without a final result code. */
  | { readonly type: 'answered'; readonly result: FinalResult | null }
  | { readonly type: 'timed-out' }
  | { readonly type: 'lost' }
  /** The message's outcome. */
  | { readonly type: 'submitted'; readonly outcome: SubmitOutcome }
  /** Lines that nothing waits for. */
  | { readonly type: 'stray' };

export interface LifeStep {
  readonly state: LifeState;
  readonly actions: readonly LifeAction[];
}

const idle: LifeState = { type: 'idle' };
const closed: LifeState = { type: 'closed' };

/** The life of a command: pure, total, and the only place that decides what may be written when. */
export function nextLife(state: LifeState, input: LifeInput): LifeStep {
  switch (state.type) {
    case 'idle':
      return fromIdle(state, input);
    case 'await-final':
      return fromAwaitFinal(state, input);
    case 'await-prompt':
      return fromAwaitPrompt(state, input);
    case 'await-note':
      return fromAwaitNote(state, input);
    case 'await-result':
      return fromAwaitResult(state, input);
    case 'escaping':
      return fromEscaping(state, input);
    case 'quarantine':
      return fromQuarantine(state, input);
    case 'closed':
      break;
  }
  return fromClosed(state, input);
}

function step(state: LifeState, ...actions: readonly LifeAction[]): LifeStep {
  return { state, actions };
}

function submitted(state: LifeState, outcome: SubmitOutcome): LifeStep {
  return step(state, { type: 'submitted', outcome });
}

function quarantine(cause: QuarantineCause): LifeState {
  return { type: 'quarantine', cause };
}

function fromIdle(state: LifeState, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'command':
      return step({ type: 'await-final' }, { type: 'write-command' });
    case 'message':
      return step({ type: 'await-prompt', note: { type: 'pending' } }, { type: 'write-command' });
    case 'closed':
      return step(closed);
    case 'final':
    case 'reference':
      return step(state, { type: 'stray' });
    default:
      return step(state);
  }
}

function fromAwaitFinal(state: LifeState, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'final':
      return step(idle, { type: 'answered', result: input.result });
    case 'settled':
      // The final result code may still come; the next command must not take it.
      return step(quarantine('command'), { type: 'answered', result: null });
    case 'timeout':
      return step(quarantine('command'), { type: 'timed-out' });
    case 'closed':
      return step(closed, { type: 'lost' });
    default:
      return step(state);
  }
}

type AwaitPrompt = Extract<LifeState, { readonly type: 'await-prompt' }>;

function fromAwaitPrompt(state: AwaitPrompt, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'prompt':
      if (state.note.type === 'written') return step({ type: 'await-result', reference: null }, { type: 'write-pdu' });
      if (state.note.type === 'pending') return step({ type: 'await-note' });
      return escape({ type: 'not-sent', reason: 'before-pdu', error: state.note.error });
    case 'note-written':
      return step({ ...state, note: { type: 'written' } });
    case 'note-failed':
      return step({ ...state, note: { type: 'failed', error: input.error } });
    case 'final':
      if (!input.result.ok) return submitted(idle, { type: 'refused', error: input.result.error, afterPdu: false });
      // OK where a prompt belongs is the late answer of something else: the prompt may still open.
      return escape({ type: 'not-sent', reason: 'no-prompt' });
    case 'timeout':
      return escape({ type: 'not-sent', reason: 'no-prompt' });
    case 'closed':
      return submitted(closed, { type: 'not-sent', reason: 'port-closed' });
    default:
      return step(state);
  }
}

function fromAwaitNote(state: LifeState, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'note-written':
      return step({ type: 'await-result', reference: null }, { type: 'write-pdu' });
    case 'note-failed':
      return escape({ type: 'not-sent', reason: 'before-pdu', error: input.error });
    case 'timeout':
      return escape({ type: 'not-sent', reason: 'before-pdu' });
    case 'final':
      if (input.result.ok) return step(state, { type: 'stray' });
      return submitted(idle, { type: 'refused', error: input.result.error, afterPdu: false });
    case 'closed':
      return submitted(closed, { type: 'not-sent', reason: 'port-closed' });
    default:
      return step(state);
  }
}

type AwaitResult = Extract<LifeState, { readonly type: 'await-result' }>;

function fromAwaitResult(state: AwaitResult, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'reference':
      return step({ ...state, reference: input.reference });
    case 'final':
      if (!input.result.ok && state.reference === null)
        return submitted(idle, { type: 'refused', error: input.result.error, afterPdu: true });
      return submitted(idle, resultOf(state.reference, 'no-reference'));
    case 'timeout':
      return submitted(quarantine('pdu'), resultOf(state.reference, 'timeout'));
    case 'closed':
      return submitted(closed, resultOf(state.reference, 'port-closed'));
    default:
      return step(state);
  }
}

/** `+CMGS:` is the proof that a message was sent (TS 27.005 §4.3); OK alone is none, and its lack takes nothing away. */
function resultOf(reference: Reference | null, reason: 'timeout' | 'port-closed' | 'no-reference'): SubmitOutcome {
  if (reference === null) return { type: 'unknown', reason };
  return { type: 'sent', messageReference: reference.value, line: reference.line };
}

function escape(outcome: SubmitOutcome): LifeStep {
  return step({ type: 'escaping', outcome }, { type: 'write-escape' });
}

type Escaping = Extract<LifeState, { readonly type: 'escaping' }>;

function fromEscaping(state: Escaping, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'final':
      // It may be the answer to CMGS and that to ESC may follow, or the other way round.
      return submitted(quarantine('prompt'), state.outcome);
    case 'prompt':
      return step(state, { type: 'write-escape' });
    case 'timeout':
      return submitted(quarantine('prompt'), state.outcome);
    case 'closed':
      return submitted(closed, state.outcome);
    default:
      return step(state);
  }
}

/** The commands that synchronise the line are written from here; the channel lets no other one through. */
function fromQuarantine(state: LifeState, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'command':
      return step({ type: 'await-final' }, { type: 'write-command' });
    case 'final':
    case 'reference':
      return step(state, { type: 'stray' });
    case 'prompt':
      return step(state, { type: 'write-escape' });
    case 'closed':
      return step(closed);
    default:
      return step(state);
  }
}

function fromClosed(state: LifeState, input: LifeInput): LifeStep {
  switch (input.type) {
    case 'command':
      return step(state, { type: 'lost' });
    case 'message':
      return submitted(state, { type: 'not-sent', reason: 'port-closed' });
    default:
      return step(state);
  }
}
