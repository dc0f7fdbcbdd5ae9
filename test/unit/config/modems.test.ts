import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { modemsOf, soleModem, soleName } from '../../../src/config/modems.ts';

const invalid = (setting: string, part: string) =>
  expect.objectContaining({
    code: 'setting_invalid',
    details: expect.objectContaining({ setting }),
    message: expect.stringContaining(part),
  });

describe('the modems of a worker', () => {
  it.each<[string, Record<string, string>, unknown]>([
    ['the one that is found', {}, [{ name: 'modem', port: 'auto', pin: null }]],
    [
      'one',
      { MODEM_NAME: 'balcony', MODEM_PORT: '/dev/ttyUSB1', MODEM_PIN: '1234' },
      [{ name: 'balcony', port: '/dev/ttyUSB1', pin: '1234' }],
    ],
    [
      'several, in order',
      {
        MODEM_NAME: 'balcony, cellar,roof',
        MODEM_PORT: '/dev/ttyUSB1,/dev/ttyUSB4 , tcp://roof:7000',
        MODEM_PIN: '1234,,56789',
      },
      [
        { name: 'balcony', port: '/dev/ttyUSB1', pin: '1234' },
        { name: 'cellar', port: '/dev/ttyUSB4', pin: null },
        { name: 'roof', port: 'tcp://roof:7000', pin: '56789' },
      ],
    ],
  ])('are %s', async (_, env, modems) => {
    expect(modemsOf(await loadSettings({ env }))).toEqual(modems);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['fewer names', { MODEM_NAME: 'a', MODEM_PORT: '/dev/1,/dev/2' }, 'MODEM_NAME', '2 entries, and MODEM_NAME has 1'],
    ['more names', { MODEM_NAME: 'a,b', MODEM_PORT: '/dev/1' }, 'MODEM_NAME', 'one entry, and MODEM_NAME has 2'],
    // One PIN on all cards would cost each of the others one of its three tries.
    ['one PIN', { MODEM_NAME: 'a,b', MODEM_PORT: '/dev/1,/dev/2', MODEM_PIN: '1234' }, 'MODEM_PIN', 'MODEM_PIN has 1'],
  ])('are refused with %s', async (_, env, setting, part) => {
    const settings = await loadSettings({ env });
    expect(() => modemsOf(settings)).toThrow(invalid(setting, part));
  });

  it.each<[string, string, string]>([
    ['a name twice', 'MODEM_NAME', 'a,b,a'],
    ['an empty name', 'MODEM_NAME', 'a,,b'],
    ['a comma at the end', 'MODEM_PORT', '/dev/1,'],
    ['a port twice', 'MODEM_PORT', '/dev/1,/dev/1'],
    ['a port that is looked for among others', 'MODEM_PORT', '/dev/1,AUTO'],
    ['a PIN that is too short', 'MODEM_PIN', '1234,123'],
  ])('are refused with %s', async (_, setting, words) => {
    await expect(loadSettings({ env: { [setting]: words } })).rejects.toEqual(invalid(setting, 'with commas between'));
  });
});

describe('the one modem of a gateway', () => {
  it('is named as for a worker', async () => {
    const settings = await loadSettings({ env: { MODEM_NAME: 'balcony', MODEM_PIN: '1234' } });
    expect(soleName(settings)).toBe('balcony');
    expect(soleModem(settings, ['/dev/1'])).toEqual({ name: 'balcony', port: '/dev/1', pin: '1234' });
  });

  it.each<[string, Record<string, string>]>([
    ['MODEM_NAME', { MODEM_NAME: 'a,b' }],
    ['MODEM_PORT', { MODEM_PORT: '/dev/1,/dev/2' }],
    ['MODEM_PIN', { MODEM_PIN: '1234,5678' }],
  ])('is no list in %s', async (setting, env) => {
    const settings = await loadSettings({ env });
    const said = invalid(setting, 'only simloft worker takes several modems');
    expect(() => soleModem(settings, settings.modemPort ?? ['/dev/1'])).toThrow(said);
  });
});
