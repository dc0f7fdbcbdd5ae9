import { createInterface } from 'node:readline';
import { explainPdu, type ExplainedPdu } from '../pdu/explain.ts';
import type { Command } from './command.ts';
import { printable } from './printable.ts';
import { summaryOf } from './pdu-summary.ts';

export const decode: Command = {
  spec: {
    name: 'decode',
    usage: '[PDU…]',
    summary: 'Explains PDUs field by field, broken ones too.',
    details:
      'PDUs are hex with the service-centre address in front, as the modem gives them. Without any, lines are read from standard input.',
    options: {
      json: { type: 'boolean', help: 'one JSON object a line' },
      tpdu: { type: 'boolean', help: 'there is no service-centre address in front' },
      sent: { type: 'boolean', help: 'they go to the network (type 01 is SMS-SUBMIT, 00 nothing that is known)' },
    },
  },

  async run({ words, flags }) {
    const options = {
      ...(flags.has('tpdu') ? { serviceCentre: false } : {}),
      ...(flags.has('sent') ? { direction: 'to-network' as const } : {}),
    };
    let broken = 0;
    for await (const pdu of words.length > 0 ? words : linesOfInput()) {
      const explained = explainPdu(pdu, options);
      if (explained.error !== null) broken += 1;
      console.log(flags.has('json') ? JSON.stringify(summaryOf(pdu, explained)) : pageOf(explained));
    }
    return broken === 0 ? 0 : 1;
  },
};

async function* linesOfInput(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin })) {
    const pdu = line.trim();
    if (pdu !== '') yield pdu;
  }
}

/** A table: where, the octets, what it is. Long user data is shortened, the text itself is not. */
function pageOf({ rows, error }: ExplainedPdu): string {
  const lines = rows.flatMap(({ offset, octets, path, name, value, note }) => {
    const shown = octets.length > 24 ? `${octets.slice(0, 23)}…` : octets;
    const first = `${String(offset).padStart(4)}  ${shown.padEnd(24)}  ${path.padEnd(10)} ${name}: ${printable(value)}`;
    return note === null ? [first] : [first, `${' '.repeat(32)}! ${note}`];
  });
  if (error !== null) lines.push(`${String(error.offset).padStart(4)}  ✗ ${error.path}: ${error.text}`);
  return `${lines.join('\n')}\n`;
}
