/** One setting as an administrator may see it. */
export interface ShownSetting {
  /** Name of the environment variable: `MODEM_PORT`. */
  readonly name: string;
  /** What it belongs to: `modem`, `network`. */
  readonly group: string;
  /** As it was written, or the default; null for none. What is secret in it is left out. */
  readonly value: string | null;
  readonly secret: boolean;
  /** What holds without a value; null where there always is one. */
  readonly without: string | null;
  readonly source: 'flag' | 'environment' | 'file' | 'default';
  /** `--port`, `PORT` or `simloft.yaml:3`; null for a default. */
  readonly place: string | null;
  /** What it does, for people: whole sentences. */
  readonly description: string;
}
