import { join } from 'node:path';
import { type LoadedSettings, type LoadOptions, loadSettings } from '../config/load.ts';
import { soleModem, soleName } from '../config/modems.ts';
import type { OpenStream } from '../core/byte-stream.ts';
import { systemClock } from '../core/clock.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { bringPageUpToDate } from './page-build.ts';
import { createLogger } from './logger.ts';
import { settingOptions } from './setting-options.ts';
import { untilTold } from './until-told.ts';
import { openWatch, type Watch } from './watch.ts';
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
    const given = { flags, env: process.env, ...(config === undefined ? {} : { file: config }) };
    let gateway: Gateway;
    try {
      gateway = await startWith(given);
    } catch (thrown) {
      const code = explain(thrown);
      const { showFailure } = await import('./failure-page.ts');
      await showFailure(toSimloftError(thrown), given);
      return code;
    }
    void bringPageUpToDate((line) => console.log(line));
    await untilTold();
    console.log('Stopping.');
    await gateway.stop();
    return 0;
  },
};

async function startWith(given: LoadOptions): Promise<Gateway> {
  const settings = await loadSettings(given);
  if (settings.tz !== null) process.env['TZ'] = settings.tz;
  const log = createLogger({ level: settings.logLevel, format: process.stdout.isTTY ? 'text' : 'json' });
  for (const warning of settings.warnings) log.warn({}, warning);
  const watch = await openWatch('gateway');
  return startAsSet(settings, log, watch);
}

interface Around {
  readonly log: Logger;
  readonly watch: Watch;
}

async function startAsSet(settings: LoadedSettings, log: Logger, watch: Watch): Promise<Gateway> {
  if (settings.modemPort !== null) return startReal(settings, settings.modemPort, { log, watch });
  if (settings.amqpUrl !== null) return startReal(settings, null, { log, watch });
  if (settings.databaseUrl === null) return startDemo(settings, { log, watch });
  const text =
    'A demonstration on the virtual modem does not go into DATABASE_URL, among real messages. Set MODEM_PORT as well.';
  throw new SimloftError('setting_invalid', text, { details: { setting: 'MODEM_PORT' } });
}

/** @param ports null: modems have their workers elsewhere. */
async function startReal(
  settings: LoadedSettings,
  ports: readonly string[] | null,
  { log, watch }: Around,
): Promise<Gateway> {
  const { dataDir: directory } = settings;
  const modem = soleName(settings);
  const its = ports === null ? null : soleModem(settings, ports);
  const spec = its?.port ?? null;
  const port = its === null ? null : { name: its.port, open: await openerOf(its.port, log), pin: its.pin };
  const gateway = await startGateway({ settings, log, port, directory, modem, watch });
  console.log(
    [
      `Simloft runs at ${gateway.url}`,
      `  modem:    ${spec ?? 'elsewhere, each with a worker of its own (simloft worker)'}`,
      `  messages: curl '${gateway.url}/get-sms?limit=5'`,
      `  health:   curl ${gateway.url}/health/ready`,
    ].join('\n'),
  );
  return gateway;
}

async function openerOf(spec: string, log: Logger): Promise<OpenStream> {
  const { openModemPort } = await import('../transport/modem-port.ts');
  return openModemPort(spec, { clock: systemClock, log });
}

/** The built-in virtual modem has its own folder: nothing of a demonstration gets among real messages. */
async function startDemo(settings: LoadedSettings, { log, watch }: Around): Promise<Gateway> {
  const { createDemoModem } = await import('./demo-modem.ts');
  const demo = createDemoModem(log);
  const directory = join(settings.dataDir, 'demo');
  const open = async () => demo.connect();
  const options = {
    // The network of the virtual modem tells its balance so.
    settings: { ...settings, balanceUssd: settings.balanceUssd ?? '*100#' },
    log,
    port: { name: 'virtual', open, pin: null },
    directory,
    modem: 'virtual',
    watch,
    demo: demo.order,
  };
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
