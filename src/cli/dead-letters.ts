import { type DeadLetters, openDeadLetters, type Selection } from '../bus/rabbitmq/dead-letters.ts';
import { loadSettings } from '../config/load.ts';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { ParsedArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { letterInFull, letterTable } from './letter-table.ts';
import { progressLine } from './progress-line.ts';
import { settingOptions } from './setting-options.ts';

const defaultLimit = 50;
const largestLimit = 10_000;

export const deadLetters: Command = {
  spec: {
    name: 'dead-letters',
    usage: '[list | replay | drop]',
    summary: 'Shows the events that could not be handled, puts them back or throws them away.',
    details:
      'For a gateway with RabbitMQ; it needs nothing but the broker. Texts and numbers are shown only by --show.\nA letter that is put back is gone from here once the queue of its handlers has it; one that is refused again comes back.\n\nExample: simloft dead-letters replay --type pdu.received',
    options: {
      show: { type: 'string', value: 'N', help: 'one letter in full, with whatever text or number it holds' },
      limit: { type: 'string', value: 'N', help: `how many are listed, oldest first (default ${defaultLimit})` },
      only: { type: 'string', value: 'EVENT_ID', help: 'replay or drop only this one' },
      type: { type: 'string', value: 'TYPE', help: 'replay or drop only events of this type, such as pdu.received' },
      yes: { type: 'boolean', help: 'drop them: they are gone for good' },
      config: { type: 'string', value: 'FILE', help: 'a YAML file with settings' },
      ...settingOptions(['amqpUrl']),
    },
  },

  async run(given) {
    const act = actionOf(given);
    const letters = await openDeadLetters({ url: await brokerOf(given), clock: systemClock });
    try {
      return await act(letters, (line) => console.log(line));
    } finally {
      await letters.close();
    }
  },
};

/** Does what was asked and tells the outcome. Returns the exit code. */
export type DeadLetterAction = (letters: DeadLetters, print: (line: string) => void) => Promise<number>;

/** @throws SimloftError `usage` */
export function actionOf({ words, strings, flags }: ParsedArguments): DeadLetterAction {
  const [name = 'list', ...more] = words;
  const { only, type, show, limit } = strings;
  const selection = { ...(only === undefined ? {} : { id: only }), ...(type === undefined ? {} : { type }) };
  const selects = only !== undefined || type !== undefined;
  if (more.length > 0) throw new SimloftError('usage', 'simloft dead-letters takes one word: list, replay or drop.');
  if (name !== 'list' && (show !== undefined || limit !== undefined))
    throw new SimloftError('usage', '--show and --limit are for simloft dead-letters list.');
  switch (name) {
    case 'list':
      if (selects || flags.has('yes'))
        throw new SimloftError('usage', '--only, --type and --yes are for simloft dead-letters replay and drop.');
      return show === undefined
        ? list(numberIn('--limit', limit ?? String(defaultLimit)))
        : showOne(numberIn('--show', show));
    case 'replay':
      return replay(selection);
    case 'drop':
      if (!flags.has('yes'))
        throw new SimloftError(
          'usage',
          'What is dropped is gone for good. If you mean it: simloft dead-letters drop --yes',
        );
      return drop(selection);
    default:
      throw new SimloftError('usage', `simloft dead-letters cannot "${name}". It can list, replay and drop.`);
  }
}

function numberIn(option: string, words: string): number {
  const value = Number(words);
  if (/^\d+$/.test(words) && value >= 1 && value <= largestLimit) return value;
  throw new SimloftError('usage', `${option} is "${words}". It must be a whole number from 1 to ${largestLimit}.`);
}

const list =
  (limit: number): DeadLetterAction =>
  async (letters, print) => {
    const listing = await letters.list(limit);
    print(letterTable(listing));
    return 0;
  };

const showOne =
  (number: number): DeadLetterAction =>
  async (letters, print) => {
    const { letters: read, total } = await letters.list(number);
    const letter = read[number - 1];
    if (letter === undefined) throw new SimloftError('usage', `There is no dead letter ${number}; there are ${total}.`);
    print(letterInFull(letter));
    return 0;
  };

const replay =
  (selection: Selection): DeadLetterAction =>
  async (letters, print) => {
    const line = progressLine(process.stderr, systemClock);
    const end = await letters
      .replay(selection, (done, all) => line.show('dead letters', done, all))
      .finally(() => line.end());
    print(`Put back: ${end.replayed}. What is refused again comes back here: simloft dead-letters`);
    if (end.homeless > 0)
      print(`Left where they are, as the queue they came from is not known or gone: ${end.homeless}.`);
    if (end.questions > 0)
      print(
        `Left where they are, as the worker that asked for leave to send no longer waits: ${end.questions}. The message is sent all the same. To be rid of them: simloft dead-letters drop --type part.sending --yes`,
      );
    return end.homeless > 0 ? 1 : 0;
  };

const drop =
  (selection: Selection): DeadLetterAction =>
  async (letters, print) => {
    const line = progressLine(process.stderr, systemClock);
    const dropped = await letters
      .drop(selection, (done, all) => line.show('dead letters', done, all))
      .finally(() => line.end());
    print(`Dropped: ${dropped}.`);
    return 0;
  };

/** @throws SimloftError `setting_invalid` where no broker is set. */
async function brokerOf({ strings }: ParsedArguments): Promise<string> {
  const { config, 'amqp-url': flag } = strings;
  const { amqpUrl } = await loadSettings({
    flags: flag === undefined ? {} : { 'amqp-url': flag },
    env: process.env,
    ...(config === undefined ? {} : { file: config }),
  });
  if (amqpUrl !== null) return amqpUrl;
  const text =
    'simloft dead-letters needs AMQP_URL, the address of RabbitMQ. A gateway in one process has no dead letters: its log says what could not be handled.';
  throw new SimloftError('setting_invalid', text, { details: { setting: 'AMQP_URL' } });
}
