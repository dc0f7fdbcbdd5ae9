import { SimloftError } from '../core/errors.ts';
import type { Command } from './command.ts';
import { clientOptions, connect } from './client-options.ts';

export const send: Command = {
  spec: {
    name: 'send',
    usage: 'NUMBER TEXT',
    summary: 'Sends an SMS through the gateway that is running.',
    details: 'Example: simloft send +79161234567 "The internet is down"',
    options: clientOptions,
  },

  async run(given) {
    const [phone, ...text] = given.words;
    if (phone === undefined || text.length === 0) {
      throw new SimloftError('usage', 'Say to whom and what: simloft send +79161234567 "The internet is down".');
    }
    const answer = await (await connect(given)).post('/send-sms', { phone, text: text.join(' ') });
    const { id, state } = readAnswer(answer);
    console.log(`Message ${id} to ${phone} is ${state}.`);
    return 0;
  },
};

function readAnswer(answer: unknown): { id: number; state: string } {
  if (typeof answer === 'object' && answer !== null && 'id' in answer && 'state' in answer) {
    if (typeof answer.id === 'number' && typeof answer.state === 'string')
      return { id: answer.id, state: answer.state };
  }
  throw new SimloftError('gateway_refused', 'What answers there is not a Simloft gateway.');
}
