import { describe, expect, it } from 'vitest';
import { groupNames } from '../../../src/config/groups.ts';
import { loadSettings } from '../../../src/config/load.ts';
import { settingNames } from '../../../src/config/names.ts';
import { settingsTable } from '../../../src/config/settings.ts';
import { shownSettings } from '../../../src/config/shown-settings.ts';

const shownOf = async (env: Readonly<Record<string, string>>, flags: Readonly<Record<string, string>> = {}) => {
  const all = shownSettings(await loadSettings({ env, flags }));
  return new Map(all.map((setting) => [setting.name, setting]));
};

describe('the settings as an administrator sees them', () => {
  it('are all there, group by group', async () => {
    const shown = [...(await shownOf({})).values()];
    expect(shown.map(({ name }) => name).toSorted()).toEqual(
      settingNames.map((name): string => settingsTable[name].env).toSorted(),
    );
    const groups = shown.map(({ group }) => group).filter((group, index, all) => group !== all[index - 1]);
    expect(groups).toEqual(groupNames);
  });

  it('say what they are, whence, and what holds without a value', async () => {
    const shown = await shownOf({ LOG_LEVEL: 'warn' }, { port: '9090' });
    expect(shown.get('PORT')).toMatchObject({ value: '9090', source: 'flag', place: '--port', without: null });
    expect(shown.get('LOG_LEVEL')).toMatchObject({ value: 'warn', source: 'environment', place: 'LOG_LEVEL' });
    expect(shown.get('SEND_EXPIRY')).toMatchObject({ value: '24h', source: 'default', place: null });
    expect(shown.get('RETAIN_CALLS')).toMatchObject({ value: null, without: 'for ever' });
  });

  it('hold no secret', async () => {
    const shown = await shownOf({
      MODEM_PIN: '4711',
      DATABASE_URL: 'postgres://house:s3cret@db.home:5432/sms?password=s3cret',
      AMQP_URL: 'amqp://s3cret@rabbit',
    });
    expect(shown.get('MODEM_PIN')).toMatchObject({ value: '…', secret: true });
    expect(shown.get('DATABASE_URL')).toMatchObject({ value: 'postgres://…@db.home:5432/sms', secret: true });
    expect(shown.get('AMQP_URL')).toMatchObject({ value: 'amqp://…@rabbit' });
    expect(JSON.stringify([...shown.values()].map(({ value }) => value))).not.toMatch(/4711|s3cret|house/);
  });
});
