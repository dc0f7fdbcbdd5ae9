import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { composeFormat } from './format.ts';

export const root: string = resolve(import.meta.dirname, '../../..');

export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly user?: string;
  readonly init?: boolean;
  readonly environment: Readonly<Record<string, string | null>>;
  readonly devices?: readonly { source: string; target: string; permissions: string }[];
  readonly group_add?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck: {
    readonly test: readonly string[];
    readonly interval: string;
    readonly timeout: string;
  };
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly stop_grace_period?: string;
  readonly logging?: { readonly driver: string; readonly options?: Readonly<Record<string, string>> };
}

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

/** What is wrong with a Compose file, in lines; none when it is right. */
export function faultsOf(content: unknown): readonly string[] {
  validate(content);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<ComposeFile>(composeFormat);

/** A Compose file of the project with its merges done and its variables as they are written. Throws with all that is wrong with it. */
export function readComposeFile(name: string): ComposeFile {
  const content: unknown = parse(textOf(name), { merge: true });
  if (!validate(content)) throw new Error(`${name}:\n${faultsOf(content).join('\n')}`);
  return content;
}

export const textOf = (name: string): string => readFileSync(join(root, name), 'utf8');

const variable = /\$\{(?<name>\w+)(?<rest>[^}]*)\}/g;

export interface Variable {
  readonly name: string;
  /** What follows the name: `:-default`, `:?message` or nothing. */
  readonly rest: string;
}

/** The variables that a text asks of `.env`. */
export function variablesOf(text: string): readonly Variable[] {
  return [...text.matchAll(variable)].map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    rest: groups?.['rest'] ?? '',
  }));
}

/** Puts the values in, as Compose does. Throws what `:?` says for one that is missing. */
export function interpolate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(variable, (whole: string, name: string, rest: string) => {
    const value = values[name] ?? '';
    if (value !== '') return value;
    if (rest.startsWith(':-')) return rest.slice(2);
    throw new Error(rest.startsWith(':?') ? `${name}: ${rest.slice(2)}` : `${whole} has no default`);
  });
}

/** What a process of the service gets, with the values of `.env` put in. */
export function environmentOf(
  { environment }: ComposeService,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(environment).map(([name, value]) => [
    name,
    value === null ? values[name] : interpolate(value, values),
  ]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
