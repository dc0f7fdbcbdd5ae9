import type { ShownSetting } from '../core/shown-setting.ts';
import { groupNames, settingGroups } from './groups.ts';
import type { LoadedSettings } from './load.ts';
import { settingNames } from './names.ts';
import { type Setting, type SettingName, settingsTable } from './settings.ts';

const hidden = '…';

/** All settings for an administrator, by group. Secrets are not among them: of a server's URL remains where it is. */
export const shownSettings = (settings: LoadedSettings): readonly ShownSetting[] =>
  groupNames.flatMap((group) =>
    settingNames.filter((name) => settingGroups[name] === group).map((name) => shown(name, settings)),
  );

function shown(name: SettingName, { sources, written }: LoadedSettings): ShownSetting {
  const { env, description, default: usual, ...setting }: Setting<unknown> = settingsTable[name];
  const secret = setting.secret === true;
  const { kind, place } = sources[name] ?? { kind: 'default', place: '' };
  const words = written[name] ?? null;
  return {
    name: env,
    group: settingGroups[name],
    value: words !== null && secret ? withoutSecret(words) : words,
    secret,
    without: usual === null ? (setting.absent ?? null) : null,
    source: kind,
    place: kind === 'default' ? null : place,
    description,
  };
}

/** Passwords stand before the host of a URL, and drivers take them from behind its question mark too. */
function withoutSecret(words: string): string {
  if (!URL.canParse(words)) return hidden;
  const { protocol, host, pathname } = new URL(words);
  return host === '' ? hidden : `${protocol}//${hidden}@${host}${pathname}`;
}
