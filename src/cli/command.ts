import type { CommandSpec, ParsedArguments } from './arguments.ts';

/** One word of the command line: `simloft NAME …`. */
export interface Command {
  readonly spec: CommandSpec;
  /** Returns the exit code; throws SimloftError for what a person did wrong. */
  run(given: ParsedArguments): Promise<number>;
}
