import { type SettingText, ruSettingTexts } from './ru-setting-texts.ts';

const translated: Readonly<Record<string, Readonly<Record<string, SettingText>>>> = { ru: ruSettingTexts };

/** What a setting does, in the language of the page; of one that is new there, in the gateway's own words. */
export function settingText(
  code: string,
  {
    name,
    description,
    without,
  }: { readonly name: string; readonly description: string; readonly without: string | null },
): { readonly description: string; readonly without: string | null } {
  const own = translated[code]?.[name];
  return { description: own?.description ?? description, without: without === null ? null : (own?.without ?? without) };
}
