import { join } from 'node:path';
import { requireLoopback } from '../config/listen-address.ts';
import { type LoadedSettings, loadSettings } from '../config/load.ts';
import { flagOf, settingNames } from '../config/names.ts';
import { settingsTable } from '../config/settings.ts';
import { systemClock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { OptionSpec } from './arguments.ts';
import type { Command } from './command.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { createLogger } from './logger.ts';
import { untilTold } from './until-told.ts';
import { demoControlPath } from './virtual-modem.ts';

export const start: Command = {
  spec: {
    name: 'start',
    summary: 'Runs the gateway. Without MODEM_PORT it runs on a built-in virtual modem.',
    details:
      'Every setting is a flag, an environment variable and a key of the settings file; docs/reference/configuration.md says more.',
    options: { config: { type: 'string', value: 'FILE', help: 'a YAML file with settings' }, ...settingOptions() },
  },

  async run({ strings }) {
    const { config, ...flags } = strings;
    const settings = await loadSettings({ flags, env: process.env, ...(config === undefined ? {} : { file: config }) });
    requireLoopback(settings.host);
    if (settings.tz !== null) process.env['TZ'] = settings.tz;
    const log = createLogger({ level: settings.logLevel, format: process.stdout.isTTY ? 'text' : 'json' });
    for (const warning of settings.warnings) log.warn({}, warning);
    const gateway =
      settings.modemPort === null ? await startDemo(settings, log) : await startReal(settings, settings.modemPort, log);
    await untilTold();
    console.log('Stopping.');
    await gateway.stop();
    return 0;
  },
};

/** Each setting as an option of the command, so that its help is the table's. */
function settingOptions(): Record<string, OptionSpec> {
  return Object.fromEntries(
    settingNames.map((name) => {
      const { env, description } = settingsTable[name];
      const first = description.split(/(?<=\.) /)[0] ?? description;
      return [flagOf(name).slice(2), { type: 'string' as const, value: env, help: first }];
    }),
  );
}

async function startReal(settings: LoadedSettings, spec: string, log: Logger): Promise<Gateway> {
  const { openModemPort } = await import('../transport/modem-port.ts');
  const open = openModemPort(spec, { clock: systemClock, log });
  const gateway = await startGateway({ settings, log, port: spec, open, directory: settings.dataDir, modem: 'modem' });
  console.log(
    [
      `Simloft runs at ${gateway.url}`,
      `  modem:    ${spec}`,
      `  messages: curl '${gateway.url}/get-sms?limit=5'`,
      `  health:   curl ${gateway.url}/health/ready`,
    ].join('\n'),
  );
  return gateway;
}

/** The built-in virtual modem has its own folder: nothing of a demonstration gets among real messages. */
async function startDemo(settings: LoadedSettings, log: Logger): Promise<Gateway> {
  const { createDemoModem } = await import('./demo-modem.ts');
  const demo = createDemoModem(log);
  const directory = join(settings.dataDir, 'demo');
  const open = async () => demo.connect();
  const options = { settings, log, port: 'virtual', open, directory, modem: 'virtual' };
  const gateway = await startGateway(options).catch(async (error: unknown) => {
    await demo.close();
    throw error;
  });
  await demo.serve(demoControlPath(settings.dataDir));
  console.log(
    [
      `Simloft runs at ${gateway.url} on a VIRTUAL modem: nothing is sent to anybody, and nothing real comes in.`,
      '',
      '  Send the gateway an SMS:  bin/simloft virtual-modem sms +79161234567 "Your code is 123456"',
      '  Connect a real stick:     MODEM_PORT=auto npm start     (or MODEM_PORT=/dev/ttyUSB1, see bin/simloft ports)',
      '',
      `  Read what came in:        curl '${gateway.url}/get-sms?limit=5'`,
    ].join('\n'),
  );
  return {
    url: gateway.url,
    async stop() {
      await gateway.stop();
      await demo.close();
    },
  };
}
