import { type SettingName, settingsTable } from './settings.ts';

/** `MODEM_PORT` → `--modem-port`. */
export const flagOf = (name: SettingName): string => `--${settingsTable[name].env.toLowerCase().replaceAll('_', '-')}`;
/** `MODEM_PORT` → `modem_port`. */
export const keyOf = (name: SettingName): string => settingsTable[name].env.toLowerCase();

/** The name without what people write differently: `modem_port`, `modem-port`, `modemPort` and `MODEM_PORT` are one. */
const folded = (words: string): string => words.replaceAll(/[-_]/g, '').toLowerCase();

export const settingNames: readonly SettingName[] = Object.keys(settingsTable).filter(isSettingName);

function isSettingName(words: string): words is SettingName {
  return Object.hasOwn(settingsTable, words);
}

/** The setting that a key of the file or a flag means, or null. */
export function settingCalled(words: string): SettingName | null {
  return settingNames.find((name) => folded(name) === folded(words)) ?? null;
}
