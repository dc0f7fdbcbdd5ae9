import { flagOf, settingNames } from '../config/names.ts';
import { type SettingName, settingsTable } from '../config/settings.ts';
import type { OptionSpec } from './arguments.ts';

/** Settings as options of a command, so that its help is the table's. */
export function settingOptions(names: readonly SettingName[] = settingNames): Record<string, OptionSpec> {
  return Object.fromEntries(
    names.map((name) => {
      const { env, description } = settingsTable[name];
      const first = description.split(/(?<=\.) /)[0] ?? description;
      return [flagOf(name).slice(2), { type: 'string' as const, value: env, help: first }];
    }),
  );
}
