/**
 * What the floors below need of a logger; `cli/` supplies the real one. Fields first, then a sentence.
 * Never hand it the text of a message, a PIN or a full number: see {@link maskNumber}.
 */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A logger that adds `fields` to each line. */
  child(fields: LogFields): Logger;
}

export type LogFields = Readonly<Record<string, unknown>>;

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};

/** Shortens a number for a log: `+79161234567` becomes `+7916…67`. Names of senders stay as they are. */
export function maskNumber(number: string): string {
  if (!/^\+?[\d*#]{7,}$/.test(number)) return number;
  return `${number.slice(0, 5)}…${number.slice(-2)}`;
}
