import { join } from 'node:path';
import { SimloftError } from '../core/errors.ts';
import type { ProfileName } from '../virtual/contract.ts';
import type { ServeOptions } from '../virtual/serve.ts';
import type { ParsedArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { askVirtualModem } from './control-client.ts';
import { untilTold } from './until-told.ts';

/** Where the virtual modem that `simloft start` brings along can be steered. */
export const demoControlPath = (dataDirectory: string): string => join(dataDirectory, 'demo', 'modem.sock');

export const virtualModem: Command = {
  spec: {
    name: 'virtual-modem',
    usage: '[sms FROM TEXT | call FROM | do JSON]',
    summary: 'Serves a virtual modem for any software, or steers one that runs.',
    details: [
      'Without a word it serves a modem on a new pseudo-terminal and prints its path; Ctrl-C ends it.',
      'With one it plays the other side of a modem that runs: of "simloft start" without MODEM_PORT, or of the one at --control.',
      '',
      '  simloft virtual-modem sms +79161234567 "Your code is 123456"',
      '  simloft virtual-modem call +78310001122',
      `  simloft virtual-modem do '{"do":"help"}'        every request there is`,
    ].join('\n'),
    options: {
      tcp: { type: 'string', value: 'PORT', help: 'serve on this TCP port of 127.0.0.1 instead of a pseudo-terminal' },
      link: { type: 'string', value: 'PATH', help: 'also make a link of this name to the pseudo-terminal' },
      control: {
        type: 'string',
        value: 'ADDRESS',
        help: 'control socket: a path or a port (served: a free port; asked: the one of simloft start)',
      },
      profile: { type: 'string', value: 'NAME', help: 'zte-mf180 (noisy, default), generic, clean' },
      baud: { type: 'string', value: 'N', help: 'pace the line like a serial one, for example 115200' },
      'data-dir': {
        type: 'string',
        value: 'FOLDER',
        help: 'data directory of the gateway to steer (DATA_DIR, default ./data)',
      },
    },
  },

  async run(given) {
    return given.words.length === 0 ? await serve(given) : await steer(given);
  },
};

async function serve({ strings }: ParsedArguments): Promise<number> {
  const { serveVirtualModem } = await import('../virtual/serve.ts');
  const served = await serveVirtualModem(serveOptions(strings));
  console.log(
    [
      `A virtual modem listens at ${served.port}`,
      `  its control socket:  ${served.control}`,
      `  a gateway on it:     MODEM_PORT=${served.port} bin/simloft start`,
      `  text that gateway:   bin/simloft virtual-modem sms +79161234567 "Hello" --control ${served.control}`,
    ].join('\n'),
  );
  await untilTold();
  await served.close();
  return 0;
}

function serveOptions({ tcp, link, control, profile, baud }: ParsedArguments['strings']): ServeOptions {
  return {
    ...(tcp === undefined ? { pty: true } : { tcpPort: number('tcp', tcp) }),
    ...(link === undefined ? {} : { symlink: link }),
    ...(control === undefined ? {} : { control: /^\d+$/.test(control) ? Number(control) : control }),
    ...(profile === undefined ? {} : { profile: profileNamed(profile) }),
    ...(baud === undefined ? {} : { baud: number('baud', baud) }),
  };
}

function number(option: string, value: string): number {
  if (/^\d{1,7}$/.test(value)) return Number(value);
  throw new SimloftError('usage', `--${option} takes a number, not "${value}".`);
}

function profileNamed(name: string): ProfileName {
  const found = profileNames.find((known) => known === name);
  if (found !== undefined) return found;
  throw new SimloftError('usage', `There is no profile "${name}". There are: ${profileNames.join(', ')}.`);
}

const profileNames: readonly ProfileName[] = ['zte-mf180', 'generic', 'clean'];

async function steer({ words, strings }: ParsedArguments): Promise<number> {
  const directory = strings['data-dir'] ?? process.env['DATA_DIR'] ?? './data';
  const control = strings['control'] ?? demoControlPath(directory);
  const answer = await askVirtualModem(/^\d+$/.test(control) ? `127.0.0.1:${control}` : control, requestOf(words));
  console.log(JSON.stringify(answer));
  return 0;
}

function requestOf([verb, first, ...rest]: readonly string[]): Readonly<Record<string, unknown>> {
  if (verb === 'sms' && first !== undefined && rest.length > 0) return { do: 'sms', from: first, text: rest.join(' ') };
  if (verb === 'call' && rest.length === 0) return { do: 'call', from: first ?? null };
  if (verb === 'do' && first !== undefined) {
    try {
      const request: Record<string, unknown> = JSON.parse([first, ...rest].join(' '));
      return request;
    } catch (cause) {
      throw new SimloftError('usage', `This is not JSON: ${first}. Try '{"do":"help"}'.`, { cause });
    }
  }
  throw new SimloftError(
    'usage',
    'Say what shall happen: sms FROM TEXT, call FROM, or do JSON. See simloft virtual-modem --help.',
  );
}
