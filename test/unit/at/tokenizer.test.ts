import { describe, expect, it } from 'vitest';
import { type Token, Tokenizer } from '../../../src/at/tokenizer.ts';
import { bytesOf } from '../../support/scripted-stream.ts';

function tokens(...pieces: readonly string[]): Token[] {
  const seen: Token[] = [];
  const tokenizer = new Tokenizer((token) => seen.push(token));
  for (const piece of pieces) tokenizer.push(bytesOf(piece));
  return seen;
}

function lines(...pieces: readonly string[]): string[] {
  return tokens(...pieces).map((token) => (token.type === 'line' ? token.text : `<${token.type}>`));
}

const hex = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';

describe('lines', () => {
  it.each([
    ['CR LF on both sides', '\r\nOK\r\n', ['OK']],
    ['CR CR LF', 'AT\r\r\nOK\r\r\n', ['AT', 'OK']],
    ['LF alone', 'OK\nRING\n', ['OK', 'RING']],
    ['CR alone', 'OK\rRING\r', ['OK', 'RING']],
    ['no CR LF in front', '\r\n+CSQ: 5,99\r\nOK\r\n', ['+CSQ: 5,99', 'OK']],
    ['blank lines', '\r\n\r\n\r\nOK\r\n\r\n', ['OK']],
    ['NUL and 0xFF after power-up', '\0\0ÿÿ\r\nRDY\r\n', ['RDY']],
    ['spaces around', '  \r\n  OK  \r\n', ['OK']],
    ['bytes above 0x80', '+CNUM: "M\xFCller",5\r\n', ['+CNUM: "M\xFCller",5']],
    ['an echoed PDU with its Ctrl-Z', `${hex}\x1a\r\n+CMGS: 5\r\n`, [hex, '+CMGS: 5']],
    ['an echoed PDU glued to the answer', `${hex}\x1a+CMGS: 5\r\n`, [hex, '+CMGS: 5']],
    ['a line that has not ended', '\r\n+CSQ: 5', []],
  ])('takes %s', (_, bytes, expected) => {
    expect(lines(bytes)).toEqual(expected);
  });

  it.each([
    ['ERROR+CNUM: "","+79161234567",145\r\n', ['ERROR', '+CNUM: "","+79161234567",145']],
    ['OK+CMTI: "SM",3\r\n', ['OK', '+CMTI: "SM",3']],
    ['+CME ERROR: 25+CNUM: "",""\r\n', ['+CME ERROR: 25', '+CNUM: "",""']],
    ['RING+CLIP: "+7916",145\r\n', ['RING', '+CLIP: "+7916",145']],
    ['+CSSI: 0+CLIP: "1",129\r\n', ['+CSSI: 0', '+CLIP: "1",129']],
    ['+CMTI: "SM",3+CMTI: "SM",4\r\n', ['+CMTI: "SM",3', '+CMTI: "SM",4']],
    ['OK^RSSI:15\r\n', ['OK', '^RSSI:15']],
    [`${hex}+CMGL: 2,1,,27\r\n`, [hex, '+CMGL: 2,1,,27']],
    ['OKAY+CMTI: 1\r\n', ['OKAY+CMTI: 1']],
  ])('parts what is glued in %j', (bytes, expected) => {
    expect(lines(bytes)).toEqual(expected);
  });

  it('tells of binary noise instead of hiding it', () => {
    expect(tokens('\x7e\x01\x02garbage\x7e\r\nOK\r\n')).toEqual([
      { type: 'discarded', bytes: 11 },
      { type: 'line', text: 'OK' },
    ]);
  });

  it('keeps a line of 60 kB and drops one of 70 kB whole', () => {
    expect(lines(`+CLAC:${'x'.repeat(60_000)}\r\n`)[0]).toHaveLength(60_006);
    expect(tokens('y'.repeat(40_000), 'y'.repeat(30_000), 'y\r\nOK\r\n')).toEqual([
      { type: 'discarded', bytes: 70_001 },
      { type: 'line', text: 'OK' },
    ]);
  });
});

describe('open quotation marks', () => {
  it.each([
    [
      'lines and marks inside a USSD',
      '+CUSD: 0,"Balance "42"\r\n1>More",15\r\n',
      ['+CUSD: 0,"Balance "42"\r\n1>More",15'],
    ],
    ['an odd mark inside a USSD', '+CUSD: 0,"12" pizza\r\nnow",15\r\n', ['+CUSD: 0,"12" pizza\r\nnow",15']],
    [
      'a card number in a USSD',
      '+CUSD: 0,"Card\r\n4276123412341234\r\nok",15\r\n',
      ['+CUSD: 0,"Card\r\n4276123412341234\r\nok",15'],
    ],
    ['a name over two lines', '+CMGR: 1,"A\r\nB",20\r\n', ['+CMGR: 1,"A\r\nB",20']],
    ['a USSD without a text', '+CUSD: 2\r\nOK\r\n', ['+CUSD: 2', 'OK']],
  ])('holds together %s', (_, bytes, expected) => {
    expect(lines(bytes)).toEqual(expected);
  });

  it.each([
    ['a result code', '+CUSD: 0,"never closed\r\nmore\r\nOK\r\n', ['+CUSD: 0,"never closed\r\nmore', 'OK']],
    ['an unsolicited code', '+CUSD: 0,"never\r\n+CMTI: "SM",3\r\n', ['+CUSD: 0,"never', '+CMTI: "SM",3']],
    ['a PDU', `+CMGR: 1,"Do"nn"es",20\r\n${hex}\r\n`, ['+CMGR: 1,"Do"nn"es",20', hex]],
  ])('are given up at %s', (_, bytes, expected) => {
    expect(lines(bytes)).toEqual(expected);
  });

  it('are given up after 2 kB, with nothing lost', () => {
    const bytes = `+CUSD: 0,"a\r\n${'x'.repeat(1_500)}\r\n${'y'.repeat(1_500)}\r\n`;
    const seen = lines(bytes);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBe(bytes.trim());
    expect(lines(bytes, '\r\nfree\r\n').at(-1)).toBe('free');
  });

  it('are given up when they are told to, and the text is kept', () => {
    const seen: Token[] = [];
    const tokenizer = new Tokenizer((token) => seen.push(token));
    tokenizer.push(bytesOf('+CUSD: 0,"no end\r\nhere\r\n'));
    expect(tokenizer.quoteIsOpen).toBe(true);
    tokenizer.giveUpQuote();
    expect(seen).toEqual([{ type: 'line', text: '+CUSD: 0,"no end\r\nhere' }]);
    expect(tokenizer.quoteIsOpen).toBe(false);
  });

  it('are no matter in other lines', () => {
    expect(lines('+FOO: "open\r\nOK\r\n')).toEqual(['+FOO: "open', 'OK']);
  });
});

describe('the prompt', () => {
  function prompts(...pieces: readonly string[]): string[] {
    const seen: string[] = [];
    const tokenizer = new Tokenizer((token) => seen.push(token.type === 'line' ? token.text : `<${token.type}>`));
    tokenizer.expectPrompt(true);
    for (const piece of pieces) tokenizer.push(bytesOf(piece));
    return seen;
  }

  it.each([
    ['by the book', '\r\n> ', ['<prompt>']],
    ['without its space', '\r\n>', ['<prompt>']],
    ['with a line end', '\r\n>\r\n', ['<prompt>']],
    ['after the echo', 'AT+CMGS=23\r\r\n> ', ['AT+CMGS=23', '<prompt>']],
    ['after an unsolicited line', '\r\n+ZPASR: "UMTS"\r\n\r\n> ', ['+ZPASR: "UMTS"', '<prompt>']],
    ['with the echo of the PDU on its line', '\r\n> 0011AB\r\n', ['<prompt>', '0011AB']],
    ['after NUL', '\0\0> ', ['<prompt>']],
  ])('is seen %s', (_, bytes, expected) => {
    expect(prompts(bytes)).toEqual(expected);
    expect(prompts(...bytes.split(''))).toEqual(expected);
  });

  it('is seen once, and only at the beginning of a line', () => {
    expect(prompts('> > \r\n')).toEqual(['<prompt>', '>']);
    expect(prompts('1> Balance\r\n')).toEqual(['1> Balance']);
  });

  it('is a text when nothing waits for it, and inside quotation marks', () => {
    expect(lines('> Menu\r\n')).toEqual(['> Menu']);
    expect(prompts('+CUSD: 1,"Menu\r\n> 1",15\r\n')).toEqual(['+CUSD: 1,"Menu\r\n> 1",15']);
  });
});
