import { SimloftError } from '../core/errors.ts';
import { clientOptions, connect } from './client-options.ts';
import type { Command } from './command.ts';
import { readTrace, traceTable } from './trace-table.ts';

export const traceMessage: Command = {
  spec: {
    name: 'trace-message',
    usage: 'ID',
    summary: 'Shows the whole way of a message through the gateway that is running, step by step.',
    details:
      'The id is the one of simloft inbox and GET /get-sms, or with --sent the one that simloft send and POST /send-sms answered.\nNumbers are masked, and no text is shown. The log lines of a step hold its trace id.\n\nExample: simloft trace-message 17 --sent',
    options: {
      sent: { type: 'boolean', help: 'a message to be sent, instead of a received one' },
      json: { type: 'boolean', help: 'the answer of the gateway as one JSON object' },
      ...clientOptions,
    },
  },

  async run(given) {
    const [id, ...more] = given.words;
    if (id === undefined || more.length > 0 || !/^\d+$/.test(id))
      throw new SimloftError('usage', 'simloft trace-message takes the id of one message: simloft trace-message 17');
    const client = await connect(given);
    const answer = await client.get(`/trace/${given.flags.has('sent') ? 'sent' : 'received'}/${id}`);
    const trace = readTrace(answer);
    console.log(given.flags.has('json') ? JSON.stringify(answer) : traceTable(trace));
    return 0;
  },
};
