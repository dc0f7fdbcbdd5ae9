import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';
import { readSettingsFile } from './file.ts';
import type { Kind } from './kinds.ts';
import { flagOf, keyOf, settingCalled, settingNames } from './names.ts';
import { type Setting, type SettingName, type Settings, settingsTable } from './settings.ts';

/** Where a value comes from, for a sentence: `--port`, `PORT`, `simloft.yaml:3`, or `default`. */
export interface Source {
  readonly kind: 'flag' | 'environment' | 'file' | 'default';
  readonly place: string;
}

export interface LoadOptions {
  /** Flags by name without dashes: `{ 'modem-port': '/dev/ttyUSB1' }`. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Path of a YAML file. */
  readonly file?: string;
}

export interface LoadedSettings extends Settings {
  readonly sources: Readonly<Partial<Record<SettingName, Source>>>;
  /** Each value in the words of who gave it, or of the default; null for none. Secrets are among them. */
  readonly written: Readonly<Partial<Record<SettingName, string | null>>>;
  /** Sentences about things that look like mistakes, such as a variable `MODEM_PROT`. */
  readonly warnings: readonly string[];
}

interface Given {
  readonly words: string;
  readonly source: Source;
}
type GivenBySetting = ReadonlyMap<SettingName, Given>;

/**
 * Gathers the settings: a flag wins over the environment, that over the file, that over the default. An empty variable counts as not set.
 * @throws SimloftError `setting_unknown` for a key or flag that does not exist (naming the closest), `setting_invalid` for a
 * value that is not allowed (naming setting, value, place and what is allowed), `config_unreadable`
 */
export async function loadSettings({ flags = {}, env = {}, file }: LoadOptions = {}): Promise<LoadedSettings> {
  const layers = [fromFlags(flags), fromEnvironment(env), file === undefined ? new Map() : await fromFile(file)];
  const sources = new Map<SettingName, Source>();
  const written = new Map<SettingName, string | null>();
  const valueOf = <T>(name: SettingName, setting: Setting<T>): T | null => {
    const given = layers.map((layer) => layer.get(name)).find((found) => found !== undefined);
    sources.set(name, given?.source ?? { kind: 'default', place: 'default' });
    const words = given?.words ?? setting.default;
    written.set(name, words);
    if (words === null) return null;
    const value = setting.kind.read(words);
    if (value === null) throw invalid(name, words, given?.source.place ?? 'default');
    return value;
  };
  const values: Record<string, unknown> = {};
  for (const name of settingNames) values[name] = valueOf<unknown>(name, settingsTable[name]);
  if (!isComplete(values)) throw new SimloftError('internal', 'A setting has no value.');
  return Object.freeze({
    ...values,
    sources: Object.freeze(Object.fromEntries(sources)),
    written: Object.freeze(Object.fromEntries(written)),
    warnings: nearMisses(env),
  });
}

/** Where a gateway would be looked for whose settings are wrong, and how long it says so there, ms. What is wrong itself counts as not set. */
export async function failurePlace({
  flags = {},
  env = {},
  file,
}: LoadOptions): Promise<Pick<Settings, 'host' | 'access' | 'port' | 'failurePage'>> {
  const known = Object.entries(flags).filter(([flag]) => settingCalled(flag) !== null);
  const fileLayer = file === undefined ? new Map() : await fromFile(file).catch((): GivenBySetting => new Map());
  const layers: readonly GivenBySetting[] = [fromFlags(Object.fromEntries(known)), fromEnvironment(env), fileLayer];
  const valueOf = <T>(name: SettingName, { kind, default: usual }: Setting<T>): T | null => {
    const given = layers.flatMap((layer) => layer.get(name)?.words ?? []);
    return (
      [...given, ...(usual === null ? [] : [usual])].map((words) => kind.read(words)).find((value) => value !== null) ??
      null
    );
  };
  const { host, access, port, failurePage } = settingsTable;
  return {
    host: valueOf('host', host) ?? '127.0.0.1',
    access: valueOf('access', access) ?? 'local',
    port: valueOf('port', port) ?? 8080,
    failurePage: valueOf('failurePage', failurePage) ?? 0,
  };
}

/** Each value was made by its own kind, which gives it the type that the table promises; here remains that none is missing. */
function isComplete(values: Readonly<Record<string, unknown>>): values is Settings {
  return settingNames.every((name) => Object.hasOwn(values, name));
}

function fromFlags(flags: Readonly<Record<string, string>>): GivenBySetting {
  const found = new Map<SettingName, Given>();
  for (const [flag, words] of Object.entries(flags)) {
    const name = settingCalled(flag);
    if (name === null) throw unknown(`--${flag}`, 'flag', settingNames.map(flagOf));
    found.set(name, { words, source: { kind: 'flag', place: flagOf(name) } });
  }
  return found;
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): GivenBySetting {
  const found = new Map<SettingName, Given>();
  for (const name of settingNames) {
    const place = settingsTable[name].env;
    const words = env[place]?.trim() ?? '';
    if (words !== '') found.set(name, { words, source: { kind: 'environment', place } });
  }
  return found;
}

async function fromFile(file: string): Promise<GivenBySetting> {
  const found = new Map<SettingName, Given>();
  for (const { key, words, line } of await readSettingsFile(file)) {
    const place = `${file}:${line}`;
    const name = settingCalled(key);
    if (name === null) throw unknown(key, 'setting', settingNames.map(keyOf), place);
    const earlier = found.get(name);
    if (earlier !== undefined) {
      const text = `${place}: ${key} is set twice; the first time at ${earlier.source.place}. Remove one.`;
      throw new SimloftError('setting_invalid', text, { details: { setting: name } });
    }
    found.set(name, { words, source: { kind: 'file', place } });
  }
  return found;
}

function invalid(name: SettingName, words: string, place: string): SimloftError {
  const { env, kind }: { env: string; kind: Kind<unknown> } = settingsTable[name];
  const secret = 'secret' in settingsTable[name];
  const value = secret ? 'a value that is not shown here' : JSON.stringify(words);
  const where = place === env ? 'the environment' : place;
  const text = `${env} is ${value} (from ${where}). It must be ${kind.allowed}.`;
  return new SimloftError('setting_invalid', text, {
    details: { setting: env, place, allowed: kind.allowed, ...(!secret && { value: words }) },
  });
}

function unknown(given: string, what: string, names: readonly string[], place?: string): SimloftError {
  const near = closest(given, names);
  const hint = near === null ? 'docs/reference/configuration.md lists them all.' : `Did you mean ${near}?`;
  const where = place === undefined ? '' : `${place}: `;
  return new SimloftError('setting_unknown', `${where}There is no ${what} ${given}. ${hint}`, {
    details: { given, suggestion: near },
  });
}

/**
 * Variables that look like ours but are not. The environment belongs to everybody, so these are warnings; names of few letters
 * are near to too many others.
 */
function nearMisses(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const ours = settingNames.map((name): string => settingsTable[name].env);
  const long = ours.filter((name) => name.includes('_'));
  return Object.keys(env).flatMap((name) => {
    const near = ours.includes(name) || !name.includes('_') ? null : closest(name, long);
    return near === null || !differsLittle(name, near)
      ? []
      : [`The environment variable ${name} is no setting and is ignored. Did you mean ${near}?`];
  });
}

/** Same first word, or the same letters in another order: `MODEM_PROT`, `MODME_PORT`; not `NODE_PORT`. */
function differsLittle(name: string, near: string): boolean {
  const letters = (words: string) => words.split('').sort().join('');
  return name.split('_')[0] === near.split('_')[0] || letters(name) === letters(near);
}
