import { describe, expect, it } from 'vitest';
import { ussdCommand, ussdCommands } from '../../../src/modem/ussd-request.ts';

describe('a USSD request', () => {
  it.each([
    ['plain', 'AT+CUSD=1,"*100#",15'],
    ['plain-without-dcs', 'AT+CUSD=1,"*100#"'],
    ['bare', 'AT+CUSD=1,*100#,15'],
    ['packed', 'AT+CUSD=1,"AA180C3602",15'],
    ['ucs2', 'AT+CUSD=1,"002A0031003000300023",72'],
  ] as const)('in coding %s', (coding, text) => {
    expect(ussdCommand('*100#', coding)?.text).toBe(text);
  });

  it('never lets a text leave its quotation marks', () => {
    for (const hostile of ['1"', '1\r', '1\n', '1\u001a', '1\u001b', '1",15;+CMGD=1,4']) {
      for (const { command } of ussdCommands(hostile, ['plain', 'plain-without-dcs', 'bare'], null))
        expect(command).toBeUndefined();
      for (const { command } of ussdCommands(hostile, ['packed', 'ucs2'], null))
        expect(command.text).toMatch(/^AT\+CUSD=1,"[0-9A-F]+",\d+$/);
    }
  });

  it('is tried only in the coding that worked before', () => {
    const codings = ussdCommands('*100#', ['plain', 'ucs2', 'packed'], 'packed').map(({ coding }) => coding);
    expect(codings).toEqual(['packed']);
  });

  it('is tried in all others where that one cannot carry the text', () => {
    const codings = ussdCommands('Да', ['plain', 'ucs2', 'packed'], 'plain').map(({ coding }) => coding);
    expect(codings).toEqual(['ucs2']);
  });

  it('leaves out codings that cannot carry the text', () => {
    const codings = ussdCommands('Привет', ['plain', 'bare', 'packed', 'ucs2'], null).map(({ coding }) => coding);
    expect(codings).toEqual(['ucs2']);
  });
});
