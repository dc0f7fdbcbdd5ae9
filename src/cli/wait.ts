import { readDuration } from '../config/kinds.ts';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { ParsedArguments } from './arguments.ts';
import { clientOptions, connect } from './client-options.ts';
import type { Command } from './command.ts';
import type { GatewayClient } from './gateway-client.ts';
import { printable } from './printable.ts';

/** As timeout(1) ends when the time is over. */
const timedOut = 124;
/** One question to the gateway waits no longer than this, s: programs between here and there cut connections that are silent for 5 minutes. */
const longestQuestion = 240;

/** What can be waited for, and the field of the answer that is printed. */
const kinds: Readonly<Record<string, (answer: object) => unknown>> = {
  code: (answer) => Reflect.get(answer, 'code'),
  call: (answer) => Reflect.get(answer, 'code'),
  message: (answer) => Reflect.get(Object(Reflect.get(answer, 'message')), 'text'),
};

export const wait: Command = {
  spec: {
    name: 'wait',
    usage: '[code | message | call]',
    summary: 'Waits for a one-time code, a message or a call, and prints the code, the text or the last digits.',
    details:
      'It ends with 0 when it came, 124 when the time was over, 2 when the command was wrong, 130 after Ctrl-C, and 1 for anything else. What came before it was started does not count, unless --since says so.\n\nExample: CODE=$(simloft wait code --sender Bank --timeout 2m)',
    options: {
      sender: { type: 'string', value: 'PART', help: 'only from whom has this in the number or name' },
      match: { type: 'string', value: 'PART', help: 'only with this in the text' },
      modem: { type: 'string', value: 'NAME', help: 'only through this modem' },
      since: {
        type: 'string',
        value: 'TIME',
        help: 'what came since then counts too: 30s (that long ago), or 2026-11-22T12:46:13Z',
      },
      timeout: { type: 'string', value: 'TIME', help: 'how long: 90, 2m, 1h (default 60)' },
      digits: { type: 'string', value: 'N', help: 'call: how many of the last digits (default 6)' },
      claim: { type: 'boolean', help: 'take it: of all who claim only one gets it' },
      json: { type: 'boolean', help: 'the whole answer as one JSON object' },
      ...clientOptions,
    },
  },

  async run(given) {
    const [kind = 'code', ...more] = given.words;
    const shown = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (shown === undefined || more.length > 0)
      throw usage(`simloft wait waits for ${Object.keys(kinds).join(', ')}, not for "${given.words.join(' ')}".`);
    const answer = await answerOf(await connect(given), kind, given);
    if (answer === null) {
      console.error('simloft: Nothing that was waited for came in time.');
      return timedOut;
    }
    console.log(given.flags.has('json') ? JSON.stringify(answer) : forOutput(String(shown(answer))));
    return 0;
  },
};

/** A terminal obeys what a hostile text may hold; a pipe gets it as it is. */
const forOutput = (text: string): string => (process.stdout.isTTY ? text.split('\n').map(printable).join('\n') : text);

/** Asks as often as it takes; each question goes on where the one before ended, so that nothing falls between two. */
async function answerOf(
  client: GatewayClient,
  kind: string,
  { strings, flags }: ParsedArguments,
): Promise<object | null> {
  const { sender, match, modem, since, timeout = '60', digits } = strings;
  const end = systemClock.monotonic() + durationOf(timeout);
  const wanted = { sender, match, modem, digits };
  let place: Record<string, string> = since === undefined ? {} : { since: momentOf(since) };
  for (;;) {
    const left = Math.ceil((end - systemClock.monotonic()) / 1_000);
    if (left <= 0) return null;
    const asked = { ...wanted, ...place, timeout: String(Math.min(left, longestQuestion)) };
    const query = Object.fromEntries(
      Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    try {
      return Object(await client.ask(flags.has('claim') ? 'POST' : 'GET', `/v1/wait/${kind}`, query));
    } catch (error) {
      if (!(error instanceof SimloftError)) throw error;
      const { code, details } = error.details;
      if (code === 'request_invalid') throw usage(error.message);
      if (code !== 'wait_timeout') throw error;
      place = { after: String(Reflect.get(Object(details), 'next')) };
    }
  }
}

function durationOf(words: string): number {
  const ms = readDuration(words);
  if (ms !== null && ms >= 1_000) return ms;
  throw usage(`--timeout takes a time such as 90, 2m or 1h, not "${words}".`);
}

/** A duration is that long ago; anything else is a moment, which the gateway reads. */
function momentOf(words: string): string {
  const ms = readDuration(words);
  return ms === null ? words : new Date(systemClock.now() - ms).toISOString();
}

const usage = (text: string): SimloftError => new SimloftError('usage', text);
