import { describe, expect, it } from 'vitest';
import { ctrlZ, Dialogue, escape, testSubmit } from './dialogue.ts';

describe('echo and the form of answers (V.250 §6.2)', () => {
  it('echoes what is typed until ATE0', async () => {
    const dialogue = new Dialogue();
    expect(await dialogue.say('AT\r')).toBe('AT\r\r\nOK\r\n');
    expect(await dialogue.say('ATE0\r')).toBe('ATE0\r\r\nOK\r\n');
    expect(await dialogue.say('AT\r')).toBe('\r\nOK\r\n');
  });

  it('answers in digits after ATV0 and not at all after ATQ1', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('ATV0\r')).toBe('0\r');
    expect(await dialogue.say('AT+CSQ\r')).toBe('+CSQ: 18,99\r\n0\r');
    expect(await dialogue.say('AT+NOPE\r')).toBe('4\r');
    expect(await dialogue.say('ATQ1\r')).toBe('');
    expect(await dialogue.say('AT\r')).toBe('');
    expect(await dialogue.say('ATQ0V1\r')).toBe('\r\nOK\r\n');
  });

  it.each([
    [0, '\r\nERROR\r\n'],
    [1, '\r\n+CMS ERROR: 304\r\n'],
    [2, '\r\n+CMS ERROR: invalid PDU mode parameter\r\n'],
  ])('tells errors as CMEE=%i wants', async (level, answer) => {
    const dialogue = await Dialogue.ready();
    await dialogue.say(`AT+CMEE=${level}\r`);
    expect(await dialogue.say('AT+CMGS=x\r')).toBe(answer);
  });

  it('takes LF, lower case, junk before AT, backspace and two commands in one write', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('at\r\n')).toBe('\r\nOK\r\n');
    expect(await dialogue.say('\x00\xffAT\r')).toBe('\r\nOK\r\n');
    expect(await dialogue.say('ATX\x08\r')).toBe('\r\nOK\r\n');
    expect(await dialogue.say('AT\rAT\r')).toBe('\r\nOK\r\n\r\nOK\r\n');
    expect(await dialogue.say('\r\r')).toBe('');
  });

  it('stops a line at the first command that fails', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('AT+CSQ;+NOPE;+CMGF=1\r')).toBe('\r\n+CSQ: 18,99\r\n\r\nERROR\r\n');
    expect(await dialogue.say('AT+CMGF?\r')).toBe('\r\n+CMGF: 0\r\n\r\nOK\r\n');
  });
});

describe('the prompt', () => {
  it('is CR LF > SPACE without a line end, and ESC leaves it', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('AT+CMGS=26\r')).toBe('\r\n> ');
    expect(await dialogue.say(`0031${escape}`)).toBe('\r\nOK\r\n');
    expect(await dialogue.say('AT\r')).toBe('\r\nOK\r\n');
    expect(dialogue.modem.network.submitted).toEqual([]);
    expect(dialogue.modem.misuse).toEqual([]);
  });

  it('echoes the PDU when echo is on', async () => {
    const dialogue = new Dialogue();
    await dialogue.say('AT+CMGS=26\r');
    expect(await dialogue.say(`${testSubmit}${ctrlZ}`)).toMatch(
      new RegExp(`^${testSubmit}${ctrlZ}\\r\\n\\+CMGS: \\d+\\r\\n\\r\\nOK\\r\\n$`),
    );
  });

  it('may stand open from an earlier program', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.faults.stuckPrompt();
    expect(await dialogue.say('AT\r')).toBe('');
    expect(await dialogue.say(`${escape}AT\r`)).toBe('\r\nOK\r\n\r\nOK\r\n');
  });
});

describe('misuse', () => {
  const misused = (dialogue: Dialogue) => dialogue.modem.misuse.join(' ');

  it('is a byte before the final result code', async () => {
    const dialogue = await Dialogue.ready({ latencyMs: 50 });
    await dialogue.say('AT+CSQ\rAT\r');
    expect(misused(dialogue)).toMatch(/AT\+CSQ: a byte came before the final result code/);
    expect(await dialogue.wait(200)).toBe('\r\n+CSQ: 18,99\r\n\r\nOK\r\n\r\nOK\r\n');
  });

  it('is not what a program does that has just opened the port', async () => {
    const dialogue = await Dialogue.ready({ submitMs: 4000 });
    await dialogue.say('AT+CMGS=26\r');
    await dialogue.say(`${testSubmit}${ctrlZ}`, 1000);
    await dialogue.reopen();
    await dialogue.say(`${escape}\r`, 10_000);
    expect(await dialogue.say('AT\r')).toBe('\r\nOK\r\n');
    expect(dialogue.modem.network.submitted).toHaveLength(1);
    expect(dialogue.modem.misuse).toEqual([]);
  });

  it('is a byte while the network has the message: the answer is lost, the message is not', async () => {
    const dialogue = await Dialogue.ready({ submitMs: 4000 });
    await dialogue.say('AT+CMGS=26\r');
    await dialogue.say(`${testSubmit}${ctrlZ}`, 1000);
    expect(await dialogue.say('A')).toBe('\r\nERROR\r\n');
    expect(await dialogue.wait(10_000)).not.toContain('+CMGS');
    expect(dialogue.modem.network.submitted).toHaveLength(1);
    expect(misused(dialogue)).toMatch(/AT\+CMGS: a byte came/);
  });

  it('is LF after CR before the prompt', async () => {
    const dialogue = await Dialogue.ready({ profile: 'generic' });
    await dialogue.say('AT+CMGS=26\r\n', 1000);
    expect(misused(dialogue)).toMatch(/LF after CR came before the prompt/);
  });

  it.each([
    ['no hex', 26, `xyz${ctrlZ}`, /not hex/],
    ['a wrong length', 25, `${testSubmit}${ctrlZ}`, /promised 25 octets, 26 came/],
    [
      'a wrong SUBMIT',
      26,
      `${testSubmit.replace(/06$/, '86')}${ctrlZ}`,
      /SUBMIT is wrong: the bits after the last septet/,
    ],
  ])('is %s at the prompt', async (_name, length, typed, sentence) => {
    const dialogue = await Dialogue.ready();
    await dialogue.say(`AT+CMGS=${length}\r`);
    expect(await dialogue.say(typed)).toBe('\r\n+CMS ERROR: 304\r\n');
    expect(misused(dialogue)).toMatch(sentence);
    expect(dialogue.modem.network.submitted).toEqual([]);
  });

  it.each([
    ['a PDU without a prompt', `${testSubmit}\r`, /PDU came without a prompt/],
    ['Ctrl-Z without a prompt', ctrlZ, /Ctrl-Z came without a prompt/],
    ['CMGD with flag 4', 'AT+CMGD=1,4\r', /flag 4/],
    ['a network scan', 'AT+COPS=?\r', /COPS=\?/],
    ['a data call', 'ATD123\r', /semicolon/],
    ['automatic answering', 'ATS0=1\r', /S0/],
  ])('is %s', async (_name, typed, sentence) => {
    const dialogue = await Dialogue.ready();
    await dialogue.say(typed);
    expect(misused(dialogue)).toMatch(sentence);
  });

  it('is told to the log', async () => {
    const warned: string[] = [];
    const logger = {
      debug() {},
      info() {},
      error() {},
      warn: (_: unknown, text: string) => void warned.push(text),
      child: () => logger,
    };
    const dialogue = await Dialogue.ready({ logger });
    await dialogue.say(ctrlZ);
    expect(warned).toEqual(['The virtual modem was misused.']);
  });
});

describe('the way out', () => {
  it.each(['bytes', 'random', 'usb64', 'merged'] as const)(
    'loses nothing when chunks are cut: %s',
    async (chunking) => {
      const dialogue = new Dialogue({ chunking });
      await dialogue.stream.write(Buffer.from('ATI\r'));
      await dialogue.clock.advance(100);
      const sizes = dialogue.chunks.map(({ length }) => length);
      if (chunking === 'bytes') expect(Math.max(...sizes)).toBe(1);
      if (chunking === 'usb64') expect(Math.max(...sizes)).toBe(64);
      if (chunking === 'merged') expect(sizes).toHaveLength(1);
      if (chunking === 'random') expect(Math.max(...sizes)).toBeLessThan(21);
      expect(dialogue.heard()).toMatch(/^ATI\r\r\nManufacturer: SIMLOFT\r\n[^]*\r\nOK\r\n$/);
    },
  );

  it('paces both directions at 10 bits a byte', async () => {
    const dialogue = await Dialogue.ready({ baud: 9600 });
    const start = dialogue.clock.now();
    await dialogue.stream.write(Buffer.from('AT+CGSN\r'));
    const answer = '\r\n861234567890127\r\n\r\nOK\r\n';
    let heard = '';
    await dialogue.clock.advanceUntil(() => (heard += dialogue.heard()) === answer);
    const wanted = ((8 + answer.length) * 10_000) / 9600;
    expect(Math.abs(dialogue.clock.now() - start - wanted)).toBeLessThan(1);
  });

  it('keeps the pace over many commands', async () => {
    const dialogue = await Dialogue.ready({ baud: 115_200 });
    const start = dialogue.clock.now();
    for (let round = 0; round < 200; round += 1) {
      await dialogue.stream.write(Buffer.from('AT\r'));
      await dialogue.clock.advanceUntil(() => dialogue.heard() === '\r\nOK\r\n');
    }
    expect(dialogue.clock.now() - start).toBeCloseTo((200 * 9 * 10_000) / 115_200, 0);
  });

  it('drops what is said while nobody has the port open', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.stream.close();
    dialogue.modem.network.deliver({ from: '900', text: 'x' });
    await dialogue.clock.advance(10);
    dialogue.open();
    expect(await dialogue.wait(10)).toBe('');
    expect(dialogue.modem.stored('SM')).toHaveLength(1);
  });
});
