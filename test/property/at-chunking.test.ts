import { array, assert, boolean, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtChannel } from '../../src/at/channel.ts';
import { at } from '../../src/at/commands.ts';
import { Tokenizer } from '../../src/at/tokenizer.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { bytesOf, ScriptedStream } from '../support/scripted-stream.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const deliver = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';

/** Whatever a modem has been seen to say, whole and broken. */
const said = constantFrom(
  '\r\nOK\r\n',
  '\r\nERROR+CNUM: "",""\r\n',
  'OK+CMTI: "SM",3\r\n',
  '\r\n+CMTI: "SM",1\r\n',
  `\r\n+CMT: ,27\r\n${deliver}\r\n`,
  `+CMGL: 1,1,,27\r\n${deliver}\r\n`,
  `${deliver}+CMGL: 2,1,,27\r\n`,
  `\r\n+CDS: ,25\r\n\r\nRING\r\n${deliver}\r\n`,
  '\r\n+CUSD: 0,"a "b"\r\n1>c, d",15\r\n',
  '\r\n+CUSD: 0,"never closed\r\n',
  '\r\n+CREG: 1,"1A2B","C3D4"\r\n',
  '\r\nRING\r\r\n+CLIP: "+7916",145\r\n',
  '\0\0ÿ\r\n',
  '\x7e\x01\x02\x7e',
  'AT+CSQ\r',
  '\r\n> ',
  '"',
  '\r',
  '\n',
  '\x1a',
  '\xe4\xf6 text, "quoted"\r\n',
);
const stream = array(said, { maxLength: 30 }).map((parts) => parts.join(''));
const cuts = array(nat(2_000), { maxLength: 60 });

function pieces(text: string, places: readonly number[]): string[] {
  const ends = [...places.filter((place) => place < text.length), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

function tokens(parts: readonly string[], prompt: boolean): unknown[] {
  const seen: unknown[] = [];
  const tokenizer = new Tokenizer((token) => seen.push(token));
  tokenizer.expectPrompt(prompt);
  for (const part of parts) tokenizer.push(bytesOf(part));
  tokenizer.giveUpQuote();
  return seen;
}

/** All that a channel tells while it waits for the answer to a listing. */
function events(parts: readonly string[]): unknown[] {
  const wire = new ScriptedStream();
  const seen: unknown[] = [];
  const channel = new AtChannel(wire, {
    clock: new VirtualClock(),
    log: silentLogger,
    onUrc: (urc) => void seen.push(urc),
    onEcho: () => void seen.push('echo'),
  });
  channel.run(at.cmgl(4), { onRecord: (record) => void seen.push(record) }).catch(() => {});
  wire.say(...parts);
  return seen;
}

describe('chunks (C7)', () => {
  it('may be cut anywhere: the tokens are the same', () => {
    assert(
      property(stream, cuts, boolean(), (text, places, prompt) => {
        expect(tokens(pieces(text, places), prompt)).toEqual(tokens([text], prompt));
      }),
      { numRuns: 400 },
    );
  });

  it('may be single bytes: the tokens are the same', () => {
    assert(
      property(stream, boolean(), (text, prompt) => {
        expect(tokens(text.split(''), prompt)).toEqual(tokens([text], prompt));
      }),
      { numRuns: 200 },
    );
  });

  it('may be cut anywhere: the events are the same, and in the same order', () => {
    assert(
      property(stream, cuts, (text, places) => {
        expect(events(pieces(text, places))).toEqual(events([text]));
      }),
      { numRuns: 300 },
    );
  });

  it('lose no line whatever stands around it', () => {
    assert(
      property(array(constantFrom('\r\n', '\r', '\n', '\r\r\n', '\0', ' '), { maxLength: 8 }), (noise) => {
        expect(tokens([`${noise.join('')}\r\nRING\r\n${noise.join('')}`], false)).toEqual([
          { type: 'line', text: 'RING' },
        ]);
      }),
    );
  });
});
