import { SimloftError } from '../core/errors.ts';
import { systemRandom } from '../core/random.ts';
import { composeSms } from '../pdu/compose.ts';
import type { Command } from './command.ts';

export const encode: Command = {
  spec: {
    name: 'encode',
    usage: 'NUMBER TEXT',
    summary: 'Shows a text as the PDUs that would be sent; sends nothing.',
    details: 'Example: simloft encode +79161234567 "Test {1} €"',
    options: {
      json: { type: 'boolean', help: 'one JSON object with the alphabet and the parts' },
      reference: {
        type: 'string',
        value: 'N',
        help: 'number of the set when there are several parts, 0 to 255 (default: by chance)',
      },
      flash: { type: 'boolean', help: 'shown at once and not kept (class 0)' },
      report: { type: 'boolean', help: 'ask for a delivery report' },
    },
  },

  async run({ words, strings, flags }) {
    const [recipient, ...text] = words;
    if (recipient === undefined || text.length === 0) {
      throw new SimloftError('usage', 'Say a number and a text: simloft encode +79161234567 "Test {1} €".');
    }
    const { alphabet, parts } = composeSms({
      recipient,
      text: text.join(' '),
      concatReference: referenceOf(strings['reference']),
      flash: flags.has('flash'),
      statusReport: flags.has('report'),
    });
    if (flags.has('json')) {
      console.log(JSON.stringify({ alphabet, parts }));
      return 0;
    }
    for (const { seq, total, pdu, tpduLength, units } of parts) {
      console.log(
        `Part ${seq} of ${total}, ${units} ${alphabet === 'gsm7' ? 'septets' : 'UTF-16 units'}, AT+CMGS=${tpduLength}`,
      );
      console.log(pdu);
    }
    return 0;
  },
};

function referenceOf(given: string | undefined): number {
  if (given === undefined) return systemRandom.below(256);
  if (/^\d{1,3}$/.test(given) && Number(given) < 256) return Number(given);
  throw new SimloftError('usage', `--reference takes a number from 0 to 255, not "${given}".`);
}
