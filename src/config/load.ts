import type { SettingName, Settings } from './settings.ts';

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
  readonly sources: Readonly<Record<SettingName, Source>>;
  /** Sentences about things that look like mistakes, such as a variable `MODEM_PROT`. */
  readonly warnings: readonly string[];
}
