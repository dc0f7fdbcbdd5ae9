import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LoadOptions, loadSettings } from '../../../src/config/load.ts';
import { settingNames } from '../../../src/config/names.ts';
import { settingsTable } from '../../../src/config/settings.ts';
import { temporaryFolder } from '../../support/gateway-process.ts';

/** Loads with a settings file of this text. */
async function withFile(text: string, more: Omit<LoadOptions, 'file'> = {}) {
  using folder = temporaryFolder();
  const file = join(folder.path, 'simloft.yaml');
  writeFileSync(file, text);
  return await loadSettings({ ...more, file });
}

describe('settings', () => {
  it('has defaults for a gateway on the virtual modem', async () => {
    const { sources, warnings, written, ...values } = await loadSettings();
    expect(values).toEqual({
      modemPort: null,
      modemName: ['modem'],
      modemPin: null,
      modemFamily: 'auto',
      smsMemory: 'auto',
      calls: 'ignore',
      balanceUssd: null,
      balancePattern: null,
      balanceInterval: 3_600_000,
      operatorInterval: 60_000,
      signalInterval: 60_000,
      technologyInterval: 60_000,
      sweepInterval: 30_000,
      partialAfter: 300_000,
      sendExpiry: 86_400_000,
      dataDir: './data',
      amqpUrl: null,
      databaseUrl: null,
      host: '127.0.0.1',
      port: 8080,
      access: 'local',
      tlsCert: null,
      tlsKey: null,
      trustedProxy: null,
      failurePage: 60_000,
      monitorHost: '127.0.0.1',
      monitorPort: null,
      retainMessages: null,
      retainCodes: null,
      codeTextAfter: null,
      retainCalls: null,
      retainPdus: null,
      retainFeed: 604_800_000,
      retainReadings: 31_536_000_000,
      tz: null,
      logLevel: 'info',
    });
    expect(new Set(Object.values(sources).map(({ kind }) => kind))).toEqual(new Set(['default']));
    expect(warnings).toEqual([]);
    expect(written).toMatchObject({ modemPort: null, sendExpiry: '24h', port: '8080' });
  });

  it('takes a flag before the environment, that before the file, that before the default', async () => {
    const file = 'port: 1\nhost: 127.0.0.3\nlog_level: warn\n';
    const env = { PORT: '2', HOST: '127.0.0.2' };
    const settings = await withFile(file, { env, flags: { port: '3' } });
    expect(settings).toMatchObject({ port: 3, host: '127.0.0.2', logLevel: 'warn', dataDir: './data' });
    expect(settings.sources).toMatchObject({
      port: { kind: 'flag', place: '--port' },
      host: { kind: 'environment', place: 'HOST' },
      logLevel: { kind: 'file', place: expect.stringMatching(/simloft\.yaml:3$/) },
      dataDir: { kind: 'default' },
    });
  });

  it.each(['modem_port', 'modem-port', 'modemPort', 'MODEM_PORT'])('takes %s as the same key', async (key) => {
    expect(await withFile(`${key}: /dev/ttyUSB1`)).toMatchObject({ modemPort: ['/dev/ttyUSB1'] });
  });

  it('counts an empty variable and an empty key as not set', async () => {
    expect(await withFile('modem_port:\nhost: ""\n', { env: { PORT: ' ' } })).toMatchObject({
      modemPort: null,
      host: '127.0.0.1',
      port: 8080,
    });
  });

  it('takes values as they are written, not as what YAML makes of them', async () => {
    const text = 'modem_pin: 0123\nbalance_ussd: "*105#"\nport: 8081 # a remark\ncalls: REJECT\n';
    expect(await withFile(text)).toMatchObject({
      modemPin: ['0123'],
      balanceUssd: '*105#',
      port: 8081,
      calls: 'reject',
    });
  });

  it('takes an empty file', async () => {
    expect(await withFile('# nothing yet\n')).toMatchObject({ port: 8080 });
  });

  it('gives the examples of its own table the values they stand for', async () => {
    const file = settingNames.map((name) => `${settingsTable[name].env.toLowerCase()}: ${settingsTable[name].example}`);
    const settings = await withFile(file.join('\n'));
    expect(settings).toMatchObject({
      modemPin: ['1234'],
      balanceUssd: '*105#',
      operatorInterval: 300_000,
      tz: 'Europe/Moscow',
    });
    expect(settings.balancePattern?.exec('BALANCE: -12.50 RUB')?.[1]).toBe('-12.50');
  });
});

describe('mistakes in settings', () => {
  it.each<[LoadOptions, string]>([
    [{ env: { PORT: '70000' } }, 'PORT is "70000" (from the environment). It must be a whole number from 0 to 65535.'],
    [{ flags: { port: 'http' } }, 'PORT is "http" (from --port). It must be a whole number from 0 to 65535.'],
    [
      { flags: { 'log-level': 'loud' } },
      'LOG_LEVEL is "loud" (from --log-level). It must be one of `debug`, `info`, `warn`, `error`.',
    ],
    [{ env: { TZ: 'Moscow' } }, 'It must be an IANA time zone such as `Europe/Moscow`'],
    [{ env: { TZ: '+03:00' } }, 'It must be an IANA time zone'],
    [{ env: { SWEEP_INTERVAL: '0' } }, 'SWEEP_INTERVAL is "0"'],
    [{ env: { SIGNAL_INTERVAL: '1s' } }, 'from 5 seconds to 24 days, or `0` for never'],
    [{ env: { PARTIAL_AFTER: '60d' } }, 'PARTIAL_AFTER is "60d"'],
    [{ env: { BALANCE_USSD: '105 #' } }, 'for example `*105#`'],
    [{ env: { BALANCE_PATTERN: '[0-9' } }, 'exactly one group'],
    [{ env: { BALANCE_PATTERN: '(a)(b)' } }, 'exactly one group'],
    [{ env: { CALLS: 'answer' } }, 'one of `ignore`, `reject`'],
  ])('%j is refused: %s', async (options, message) => {
    await expect(loadSettings(options)).rejects.toMatchObject({
      code: 'setting_invalid',
      message: expect.stringContaining(message),
    });
  });

  it('never shows a PIN', async () => {
    const error: unknown = await loadSettings({ env: { MODEM_PIN: '12345678901' } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'setting_invalid', message: expect.stringContaining('4 to 8 digits') });
    expect(JSON.stringify([error, error instanceof Error ? error.message : ''])).not.toContain('12345678901');
  });

  it('says in which line of the file it is', async () => {
    await expect(withFile('# first\nport: many\n')).rejects.toMatchObject({
      message: expect.stringMatching(/PORT is "many" \(from .*simloft\.yaml:2\)/),
    });
  });

  it('suggests the closest key and the closest flag', async () => {
    await expect(withFile('modem_prot: auto\n')).rejects.toMatchObject({
      code: 'setting_unknown',
      message: expect.stringMatching(/simloft\.yaml:1: There is no setting modem_prot\. Did you mean modem_port\?$/),
    });
    await expect(loadSettings({ flags: { 'data-dri': 'x' } })).rejects.toMatchObject({
      code: 'setting_unknown',
      message: 'There is no flag --data-dri. Did you mean --data-dir?',
    });
    await expect(loadSettings({ flags: { colour: 'x' } })).rejects.toMatchObject({
      message: expect.stringContaining('docs/reference/configuration.md'),
    });
  });

  it('refuses a key that is there twice under two spellings', async () => {
    await expect(withFile('modem_port: auto\nmodem-port: /dev/ttyUSB1\n')).rejects.toMatchObject({
      code: 'setting_invalid',
      message: expect.stringMatching(/:2: modem-port is set twice; the first time at .*:1\./),
    });
  });

  it.each([
    ['balance_ussd: *105#\n', ':1: a value that begins with * needs quotes'],
    ['port: 1\nport: 2\n', ':2:'],
    ['- port\n', 'key: value'],
    ['port: [1, 2]\n', ':1: "port" must have a single value'],
    ['port: "1\n', 'this is not YAML: Missing closing "quote'],
  ])('says what is wrong with the file %j', async (text, message) => {
    await expect(withFile(text)).rejects.toMatchObject({
      code: 'config_unreadable',
      message: expect.stringContaining(message),
    });
  });

  it('names a file that is not there', async () => {
    await expect(loadSettings({ file: '/nowhere/simloft.yaml' })).rejects.toMatchObject({
      code: 'config_unreadable',
      message: expect.stringContaining('/nowhere/simloft.yaml'),
    });
  });

  it('warns of variables that are nearly ours, and of no others', async () => {
    const env = {
      MODEM_PROT: 'x',
      DATADIR: 'x',
      DATA_DIRS: 'x',
      NODE_PORT: 'x',
      PATH: 'x',
      POST: 'x',
      XDG_DATA_DIRS: 'x',
    };
    const { warnings } = await loadSettings({ env });
    expect(warnings).toEqual([
      'The environment variable MODEM_PROT is no setting and is ignored. Did you mean MODEM_PORT?',
      'The environment variable DATA_DIRS is no setting and is ignored. Did you mean DATA_DIR?',
    ]);
  });
});
