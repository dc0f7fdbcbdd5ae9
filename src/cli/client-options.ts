import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { SimloftError } from '../core/errors.ts';
import type { OptionSpec, ParsedArguments } from './arguments.ts';
import { GatewayClient } from './gateway-client.ts';

/** Options of the commands that talk to a gateway that runs. */
export const clientOptions: Readonly<Record<string, OptionSpec>> = {
  host: { type: 'string', value: 'ADDRESS', help: 'where the gateway listens (HOST, default 127.0.0.1)' },
  port: { type: 'string', value: 'PORT', help: 'its port (PORT, default 8080)' },
  gateway: {
    type: 'string',
    value: 'URL',
    help: 'its whole address instead of both, https://sms.home:8443 (SIMLOFT_URL)',
  },
  config: { type: 'string', value: 'FILE', help: 'a settings file to take HOST and PORT from' },
};

/** The gateway that the options of a command name, or else the settings. */
export async function connect({ strings }: Pick<ParsedArguments, 'strings'>): Promise<GatewayClient> {
  const { config, gateway: url = process.env['SIMLOFT_URL'] ?? '', host, port } = strings;
  const flags = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  const settings = await loadSettings({ flags, env: process.env, ...(config === undefined ? {} : { file: config }) });
  const key = process.env['SIMLOFT_KEY'];
  return new GatewayClient(
    url === '' ? addressOf(settings) : checked(url),
    key === undefined || key === '' ? null : key,
  );
}

function addressOf({ host, port, tlsCert }: Settings): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tlsCert === null ? 'http' : 'https'}://${name}:${port}`;
}

function checked(url: string): string {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return url.replace(/\/+$/, '');
  throw new SimloftError(
    'usage',
    `${JSON.stringify(url)} is no address of a gateway. Write it as http://127.0.0.1:8080.`,
  );
}
