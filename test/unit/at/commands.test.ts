import { describe, expect, it } from 'vitest';
import { commandName } from '../../../src/at/command.ts';
import { at, atCommand, quote } from '../../../src/at/commands.ts';
import { SimloftError } from '../../../src/core/errors.ts';

function codeOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof SimloftError) return error.code;
  }
  return 'none';
}

describe('commands', () => {
  it.each([
    [at.probe(), 'AT'],
    [at.cmgl(4), 'AT+CMGL=4'],
    [at.cpms('SM', 'SM', ''), 'AT+CPMS="SM","SM",""'],
    [at.cnmi(2, 1, 0, 2, 0), 'AT+CNMI=2,1,0,2,0'],
    [at.cusd('*100#', { dcs: 15 }), 'AT+CUSD=1,"*100#",15'],
    [at.cusd('*100#', { dcs: 15, bare: true }), 'AT+CUSD=1,*100#,15'],
    [at.cusd('*100#'), 'AT+CUSD=1,"*100#"'],
    [at.csca('+79168999100'), 'AT+CSCA="+79168999100",145'],
    [at.dial('+79161234567'), 'ATD+79161234567;'],
    [at.cfun(1, 1), 'AT+CFUN=1,1'],
    [atCommand('+ZOPRT=5'), 'AT+ZOPRT=5'],
  ])('are written as they must be: %#', (command, text) => {
    expect(command.text).toBe(text);
  });

  it('know the prefix of their answers', () => {
    expect(at.csq().answer).toEqual(['+CSQ:']);
    expect(at.cgmi().answer).toBe('free');
    expect(at.zteTechnology().answer).toContain('+BEARTYPE:');
    expect(atCommand('^SYSINFO').answer).toEqual(['^SYSINFO:']);
    expect(at.cusd('*100#').answer).toEqual([]);
  });

  it.each(['\r', '\n', '\x1a', '\x1b', '\0', 'я', '"'])('let no %j through in a parameter', (char) => {
    expect(codeOf(() => quote(`12${char}34`))).toBe('at_unsafe');
    expect(codeOf(() => at.cusd(`*100#${char}`))).toBe('at_unsafe');
    expect(codeOf(() => at.cusd(`*100#${char}`, { bare: true }))).toBe('at_unsafe');
    expect(codeOf(() => at.cpin(`1234${char}`))).toBe('at_unsafe');
    expect(codeOf(() => at.dial(`112${char}`))).toBe('at_unsafe');
    if (char !== '"') expect(codeOf(() => atCommand(`+FOO=${char}`))).toBe('at_unsafe');
  });

  it('dial numbers only', () => {
    expect(codeOf(() => at.dial('112;+CPIN=1'))).toBe('at_unsafe');
    expect(codeOf(() => at.dial(''))).toBe('at_unsafe');
  });

  it('have names without their secrets', () => {
    expect(commandName(at.cpin('1234'))).toBe('AT+CPIN');
    expect(commandName(at.dial('+7916'))).toBe('ATD');
    expect(commandName(at.probe())).toBe('AT');
  });
});
