import { at } from '../../src/at/commands.ts';
import { LineSorter } from '../../src/at/line-sorter.ts';
import { Tokenizer } from '../../src/at/tokenizer.ts';
import type { Urc } from '../../src/at/urc.ts';
import { decodeUssd } from '../../src/pdu/ussd.ts';
import { number, text } from './input.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

export function answerUssd({ op, input }: Vector): Outcome {
  switch (op) {
    case 'request':
      return { out: { command: `${at.cusd(text(input, 'code'), { dcs: 15 }).text}\r` } };
    case 'decode-packed':
      return { out: { text: decodeUssd(text(input, 'hex'), 15) } };
    case 'fields':
    case 'parse':
    case 'decode':
      return 'raw' in input ? parse(text(input, 'raw')) : decode(input);
    default:
      return { skip: `there is nothing for ${op}` };
  }
}

function decode(input: Fields): Outcome {
  const shown = decodeUssd(text(input, 'payload'), number(input, 'dcs'));
  return { out: { text: shown, text_nonempty: shown !== '' } };
}

/** Of several answers to one request the last one holds. */
function parse(raw: string): Outcome {
  const answers = urcsOf(raw).filter((urc) => urc.type === 'CUSD');
  const last = answers.at(-1);
  if (last === undefined) return { error: 'there is no +CUSD' };
  const shown = last.text === null ? '' : decodeUssd(last.text, last.dcs);
  const { status, dcs, text: payload } = last;
  return { out: { text: shown, text_nonempty: shown !== '', status, session_active: status === 1, dcs, payload } };
}

function urcsOf(raw: string): Urc[] {
  const urcs: Urc[] = [];
  const ignore = (): void => undefined;
  const sorter = new LineSorter({
    onEchoed: ignore,
    onAnswer: ignore,
    onRecord: ignore,
    onFinal: ignore,
    onUrc: (urc) => urcs.push(urc),
  });
  const tokenizer = new Tokenizer((token) => {
    if (token.type === 'line') sorter.sort(token.text);
  });
  tokenizer.push(Uint8Array.from(raw, (character) => character.charCodeAt(0) & 0xff));
  // The vectors leave out the last line end.
  tokenizer.push(Uint8Array.of(0x0d));
  tokenizer.giveUpQuote();
  return urcs;
}
