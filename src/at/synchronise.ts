import { SimloftError } from '../core/errors.ts';
import type { AtCommand } from './command.ts';
import type { QuarantineCause } from './command-life.ts';
import type { CommandLine } from './command-line.ts';
import { at, atCommand } from './commands.ts';
import type { AtOutcome } from './outcome.ts';

export interface SynchroniseOptions {
  /** How often the modem is called before `modem_silent`; default 10. */
  readonly attempts?: number;
  /** How long each call may take, ms; default 500. */
  readonly attemptMs?: number;
}

/** After ESC a modem that was in the middle of something speaks at once or not at all. */
const drainMs = 30;
/** A flood that does not end must not keep us from calling. */
const drainLimitMs = 1_000;
/** Silence that shows that nothing more comes after an overdue message. */
const afterPduMs = 5_000;
const afterPduLimitMs = 30_000;
const markerMs = 2_000;
/** Each has an answer of its own; the next try takes the next one, lest a late answer be taken for its. */
const markers = ['+CMEE?', '+CMGF?', '+CSMS?'];

/**
 * From any state of the modem (an open prompt, half a line, ATQ1, ATV0, echo, old answers in its buffer) to one answer per
 * command, in words, without echo. Never Ctrl-Z: it would send what somebody has typed.
 * @throws SimloftError `modem_silent`, `port_closed`.
 */
export async function synchroniseLine(line: CommandLine, options: SynchroniseOptions = {}): Promise<void> {
  const { attempts = 10, attemptMs = 500 } = options;
  line.discarding = true;
  line.numeric = true;
  line.echoIsOff = false;
  try {
    await leavePrompt(line);
    // A modem that was told to be quiet (ATQ1) answers only after ATQ0.
    await call(line, [at.probe(), at.quietOff()], { attempts, attemptMs });
    await passMarker(line);
    for (const command of [at.quietOff(), at.verbose(), at.echoOff()]) await tolerant(line, command);
    line.echoIsOff = true;
  } finally {
    line.discarding = false;
    line.numeric = false;
  }
}

/**
 * After an overdue answer: lets it pass, whatever it is. ESC only where a prompt may be open, and nothing at all for
 * some seconds where a message may still be on its way, since any character may abort it (V.250 §5.6.1).
 * @throws SimloftError `at_timeout`, `port_closed`.
 */
export async function recoverLine(line: CommandLine, cause: QuarantineCause): Promise<void> {
  if (cause === 'pdu') await line.quiet(afterPduMs, afterPduLimitMs);
  if (cause === 'prompt') await leavePrompt(line);
  line.recovering = true;
  try {
    await call(line, [at.probe()], { attempts: 3, attemptMs: 1_000 });
    await passMarker(line);
  } catch (error) {
    if (!isCode(error, 'modem_silent')) throw error;
    throw new SimloftError('at_timeout', 'The modem answers nothing since a command timed out.', { cause: error });
  } finally {
    line.recovering = false;
  }
}

/** An open prompt answers ESC with a result code, and until that has come no other character may be sent (V.250 §5.6.1). */
async function leavePrompt(line: CommandLine): Promise<void> {
  line.escape();
  await line.quiet(drainMs, drainLimitMs);
  line.endLine();
  await line.quiet(drainMs, drainMs);
}

async function call(
  line: CommandLine,
  commands: readonly AtCommand[],
  { attempts, attemptMs }: Required<SynchroniseOptions>,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const command = commands[attempt % commands.length];
    if (command !== undefined && (await answerWithin(line, command, attemptMs)) !== null) return;
  }
  throw new SimloftError('modem_silent', `Nothing answers AT, tried ${attempts} times.`, { details: { attempts } });
}

/**
 * Throws away every result code up to the answer of a command that no other has. A modem that knows none of the markers
 * answers twice without one, and that must do.
 */
async function passMarker(line: CommandLine): Promise<void> {
  let unmarked = 0;
  for (const marker of markers) {
    const outcome = await answerWithin(line, atCommand(marker), markerMs, true);
    if (outcome !== null && outcome.lines.length > 0) return;
    if (outcome !== null) unmarked += 1;
    if (unmarked === 2) break;
  }
  if (unmarked === 0) throw new SimloftError('modem_silent', 'The modem stopped answering while it was synchronised.');
  await tolerant(line, at.probe());
}

async function tolerant(line: CommandLine, command: AtCommand): Promise<void> {
  await answerWithin(line, command, markerMs);
}

/** Null when no answer came in time. */
async function answerWithin(
  line: CommandLine,
  command: AtCommand,
  timeoutMs: number,
  marker = false,
): Promise<AtOutcome | null> {
  try {
    return await line.exchange(command, { timeoutMs, marker });
  } catch (error) {
    if (isCode(error, 'at_timeout')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof SimloftError && error.code === code;
}
