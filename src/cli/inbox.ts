import { SimloftError } from '../core/errors.ts';
import { clientOptions, connect } from './client-options.ts';
import type { Command } from './command.ts';
import { printable } from './printable.ts';

interface Message {
  readonly id: number;
  readonly sender: string;
  readonly text: string;
  readonly message_receive_dttm: string;
}

export const inbox: Command = {
  spec: {
    name: 'inbox',
    summary: 'Shows the newest messages of the gateway that is running.',
    details: 'Example: simloft inbox --sender Bank --limit 1',
    options: {
      sender: { type: 'string', value: 'PART', help: 'only where the sender contains this' },
      since: {
        type: 'string',
        value: 'TIME',
        help: 'only what was stored later than this, for example "2026-11-22 12:46:13"',
      },
      limit: { type: 'string', value: 'N', help: 'how many (default 10)' },
      json: { type: 'boolean', help: 'one JSON object a line' },
      ...clientOptions,
    },
  },

  async run(given) {
    const { sender, since, limit } = given.strings;
    const query = Object.fromEntries(
      Object.entries({ sender, dttm: since, limit }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
    const client = await connect(given);
    const answer = await client.get('/get-sms', query);
    if (!Array.isArray(answer))
      throw new SimloftError('gateway_refused', 'What answers there is not a Simloft gateway.');
    const messages: Message[] = answer;
    if (given.flags.has('json')) for (const message of messages) console.log(JSON.stringify(message));
    else if (messages.length === 0) console.log('No messages.');
    else for (const message of messages.toReversed()) print(message);
    return 0;
  },
};

/** Texts are hostile: nothing in them reaches the terminal as a control sequence. */
function print({ id, sender, text, message_receive_dttm }: Message): void {
  console.log(`#${id}  ${message_receive_dttm.replace('T', ' ')}  ${printable(sender)}`);
  for (const line of text.split(/\r\n|\r|\n/)) console.log(`    ${printable(line)}`);
}
