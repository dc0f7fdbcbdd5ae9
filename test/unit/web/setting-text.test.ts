import { describe, expect, it } from 'vitest';
import { groupNames } from '../../../src/config/groups.ts';
import { loadSettings } from '../../../src/config/load.ts';
import { shownSettings } from '../../../src/config/shown-settings.ts';
import { en } from '../../../web/src/language/en.ts';
import { ru } from '../../../web/src/language/ru.ts';
import { settingText } from '../../../web/src/language/setting-text.ts';
import { ruSettingTexts } from '../../../web/src/language/ru-setting-texts.ts';

const shown = shownSettings(await loadSettings());

describe('what the page says of a setting', () => {
  it.each(shown)('is there in Russian for $name', (setting) => {
    const { description, without } = settingText('ru', setting);
    expect(description).toMatch(/[а-яё].*\.$/i);
    // SQLite has no Russian name.
    expect(without === null || /[а-яё]|^SQLite/i.test(without)).toBe(true);
    expect(without === null).toBe(setting.without === null);
    // What a computer reads is the same in every language.
    const quoted = (text: string) => [...text.matchAll(/`[^`]+`/g)].map(([words]) => words).toSorted();
    expect(quoted(description)).toEqual(quoted(setting.description));
  });

  it('is in English what the gateway says, and in Russian too of a setting that is new', () => {
    const setting = { name: 'NEW_ONE', description: 'It is new.', without: 'nothing' };
    expect(settingText('ru', setting)).toEqual({ description: 'It is new.', without: 'nothing' });
    expect(settingText('en', { ...setting, name: 'PORT' }).description).toBe('It is new.');
  });

  it('leaves no text of a setting that there is none of, and names every group', () => {
    expect(Object.keys(ruSettingTexts).toSorted()).toEqual(shown.map(({ name }) => name).toSorted());
    for (const { settings } of [en, ru]) expect(Object.keys(settings.groups)).toEqual(groupNames);
  });
});
