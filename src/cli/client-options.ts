import { loadSettings } from '../config/load.ts';
import type { OptionSpec, ParsedArguments } from './arguments.ts';
import { GatewayClient } from './gateway-client.ts';

/** Options of the commands that talk to a gateway that runs. */
export const clientOptions: Readonly<Record<string, OptionSpec>> = {
  host: { type: 'string', value: 'ADDRESS', help: 'where the gateway listens (HOST, default 127.0.0.1)' },
  port: { type: 'string', value: 'PORT', help: 'its port (PORT, default 8080)' },
  config: { type: 'string', value: 'FILE', help: 'a settings file to take both from' },
};

export async function connect({ strings }: ParsedArguments): Promise<GatewayClient> {
  const { config, ...flags } = strings;
  const settings = await loadSettings({ flags, env: process.env, ...(config === undefined ? {} : { file: config }) });
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const key = process.env['SIMLOFT_KEY'];
  return new GatewayClient(`http://${host}:${settings.port}`, key === undefined || key === '' ? null : key);
}
