import { toSimloftError } from '../core/errors.ts';

/** Says on the standard error what went wrong: a sentence for what a person can mend, the whole trace for what only we can. Gives the exit code. */
export function explain(thrown: unknown): number {
  const error = toSimloftError(thrown);
  console.error(`simloft: ${error.message}`);
  if (error.code === 'internal') console.error(error.cause ?? error);
  return error.code === 'usage' ? 2 : 1;
}
