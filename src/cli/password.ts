import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createPassword } from '../app/access/password.ts';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Command } from './command.ts';
import { withAccess } from './owner-access.ts';

export const password: Command = {
  spec: {
    name: 'password',
    summary: 'Sets the password with which you log in to the page.',
    details:
      'It is asked for twice and not shown; from a pipe the first line is taken. From then on the gateway answers nobody without it, a session or an access key.\nA gateway that runs is asked, at HOST and PORT, with the key in SIMLOFT_KEY. Who has forgotten it stops the gateway and sets another one.',
    options: {
      remove: { type: 'boolean', help: 'there is none any more; an access key that may do everything must be left' },
      config: { type: 'string', value: 'FILE', help: 'a settings file that names the store' },
    },
  },

  async run(given) {
    if (given.words.length > 0)
      throw new SimloftError(
        'usage',
        'The password is no word of the command, where others of this machine could read it.',
      );
    if (given.flags.has('remove')) {
      await withAccess(given, {
        through: async (client) => void (await client.delete('/v1/password')),
        within: (store) => createPassword({ store, clock: systemClock }).remove(),
      });
      console.log('There is no password any more.');
      return 0;
    }
    const words = await (process.stdin.isTTY ? askTwice() : firstLine());
    await withAccess(given, {
      through: async (client) => void (await client.put('/v1/password', { password: words })),
      within: (store) => createPassword({ store, clock: systemClock }).set(words),
    });
    console.log('The password is set.');
    return 0;
  },
};

async function askTwice(): Promise<string> {
  const first = await askHidden('New password: ');
  if ((await askHidden('The same again: ')) === first) return first;
  throw new SimloftError('usage', 'The two are not the same. Nothing was changed.');
}

/** Without an echo: what is typed goes to nobody. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new SimloftError('usage', 'No password came from standard input.');
}
