import { at } from '../at/commands.ts';
import type { AtLine } from '../at/channel.ts';
import type { AtCommand } from '../at/command.ts';
import { type MemoryUse, readMemories, readMemoryChoices } from '../at/replies/memories.ts';
import { SimloftError } from '../core/errors.ts';
import { ask, type AskOptions, tryAsk } from './ask.ts';

/** Which memories of the modem are used, TS 27.005 §3.2.2. */
export interface MemoryPlan {
  /** Where messages are received and where the modem stands between two transactions. */
  readonly home: string;
  /** Looked through as well: an earlier program may have used them, and status reports lie in SR. */
  readonly others: readonly string[];
  /** The form of AT+CPMS that this modem accepts for its home. */
  readonly choose: AtCommand;
}

/** MT is the union of others and BM holds broadcasts; neither is swept. */
const swept = ['SM', 'ME', 'SR'];

/** The three names, then what is left where firmware takes fewer; ZTE wants the third one empty. */
const forms = [
  (memory: string) => at.cpms(memory, memory, memory),
  (memory: string) => at.cpms(memory, memory, ''),
  (memory: string) => at.cpms(memory, memory),
  (memory: string) => at.cpms(memory),
];

/**
 * Finds out which memories there are and chooses the first of `wanted` that the modem accepts.
 * @throws SimloftError `at_error` when it accepts none.
 */
export async function chooseMemories(
  line: Pick<AtLine, 'run'>,
  wanted: readonly string[],
  options: AskOptions,
): Promise<MemoryPlan> {
  const answer = await tryAsk(line, at.cpmsChoices(), options);
  const choices = readMemoryChoices(answer?.lines ?? [])?.[0] ?? null;
  const candidates = choices === null ? wanted : wanted.filter((memory) => choices.includes(memory));
  for (const home of candidates.length === 0 ? wanted : candidates) {
    for (const form of forms) {
      const choose = form(home);
      if (!(await ask(line, choose, options)).ok) continue;
      const others = (choices ?? swept).filter((memory) => swept.includes(memory) && memory !== home);
      return { home, others, choose };
    }
  }
  throw new SimloftError('at_error', `The modem accepts none of its message memories (${wanted.join(', ')}).`);
}

/**
 * Does `work` with `memory` as the one to read and delete from, and puts the home back. Null when the modem refuses that memory.
 * `work` is told how full the memory is where the modem says so.
 * @throws SimloftError `at_error` when the home cannot be put back: the modem would then be read in the wrong place.
 */
export async function inMemory<T>(
  line: AtLine,
  { plan, memory }: { readonly plan: MemoryPlan; readonly memory: string },
  work: (use: MemoryUse | null) => Promise<T>,
): Promise<T | null> {
  if (memory === plan.home) return work(null);
  const outcome = await line.run(at.cpms(memory));
  if (!outcome.ok) return null;
  try {
    return await work(readMemories(outcome.lines)?.[0] ?? null);
  } finally {
    const back = await line.run(plan.choose);
    if (!back.ok)
      // oxlint-disable-next-line no-unsafe-finally -- whatever `work` met, the wrong memory is worse
      throw new SimloftError('at_error', `The modem did not go back to its memory ${plan.home}: ${back.error.text}.`);
  }
}
