import type { CommandResult, CommandValue } from '../core/commands.ts';
import { type ErrorCode, errorTable, toSimloftError } from '../core/errors.ts';

export const done = (value: CommandValue | null = null): CommandResult => ({ ok: true, value });

/** A refusal; without a message the sentence of the error table. */
export const refused = (code: ErrorCode, message: string = errorTable[code].text): CommandResult => ({
  ok: false,
  code,
  message,
});

export function refusedBy(error: unknown): CommandResult {
  const { code, message } = toSimloftError(error);
  return refused(code, message);
}
