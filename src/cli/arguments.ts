import { parseArgs } from 'node:util';
import { SimloftError } from '../core/errors.ts';
import { closest } from '../core/closest.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** Placeholder of the value in the help: `PORT`. */
  readonly value?: string;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What comes after the name: `NUMBER TEXT`. */
  readonly usage?: string;
  /** Further paragraphs of the help. */
  readonly details?: string;
  readonly options?: Readonly<Record<string, OptionSpec>>;
}

export interface ParsedArguments {
  readonly words: readonly string[];
  readonly strings: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
}

/**
 * Reads the words after a command.
 * @throws SimloftError `usage` for an option that the command does not have (naming the closest) or one without its value.
 */
export function readArguments(spec: CommandSpec, argv: readonly string[]): ParsedArguments {
  const known = spec.options ?? {};
  const options = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type }]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true });
  const strings: Record<string, string> = {};
  const flags = new Set<string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known[token.name];
    if (option === undefined) throw unknownOption(spec, token.rawName, Object.keys(known));
    if (option.type === 'boolean') {
      if (token.value !== undefined) throw new SimloftError('usage', `${token.rawName} takes no value.`);
      flags.add(token.name);
    } else {
      const swallowed = !token.inlineValue && token.value !== undefined && token.value.startsWith('--');
      if (token.value === undefined || swallowed)
        throw new SimloftError('usage', `${token.rawName} needs a value: ${token.rawName} ${option.value ?? 'VALUE'}.`);
      strings[token.name] = token.value;
    }
  }
  return { words, strings, flags };
}

function unknownOption(spec: CommandSpec, given: string, known: readonly string[]): SimloftError {
  const near = closest(given.replace(/^-+/, ''), known);
  const hint = near === null ? `See simloft ${spec.name} --help.` : `Did you mean --${near}?`;
  return new SimloftError('usage', `simloft ${spec.name} has no option ${given}. ${hint}`);
}

/** The page that `simloft NAME --help` prints. */
export function helpPage(spec: CommandSpec): string {
  const rows = Object.entries(spec.options ?? {}).map(
    ([name, { value, help }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return [
    `Usage: simloft ${spec.name}${spec.usage === undefined ? '' : ` ${spec.usage}`}${rows.length > 0 ? ' [options]' : ''}`,
    '',
    spec.summary,
    ...(spec.details === undefined ? [] : ['', spec.details]),
    ...(rows.length === 0 ? [] : ['', 'Options:', ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`)]),
    '',
  ].join('\n');
}
