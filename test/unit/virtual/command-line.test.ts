import { describe, expect, it } from 'vitest';
import { parseCommandLine, splitArguments } from '../../../src/virtual/command-line.ts';

const keys = (line: string) => parseCommandLine(line)?.map(({ key, form, text }) => [key, form, text]);

describe('command lines (V.250 §5.2)', () => {
  it.each([
    ['AT', []],
    [
      'ATE0V1Q0',
      [
        ['E', 'run', '0'],
        ['V', 'run', '1'],
        ['Q', 'run', '0'],
      ],
    ],
    ['at&d0', [['&D', 'run', '0']]],
    ['ATS0=0', [['S0', 'set', '0']]],
    ['ATS0?', [['S0', 'read', '']]],
    [
      'AT+CMGF=0;+CREG=2',
      [
        ['+CMGF', 'set', '0'],
        ['+CREG', 'set', '2'],
      ],
    ],
    [
      'AT+CPMS?;+CSQ',
      [
        ['+CPMS', 'read', ''],
        ['+CSQ', 'run', ''],
      ],
    ],
    ['AT+CNMI=?', [['+CNMI', 'test', '']]],
    ['AT+CUSD=1,"a;b,c",15', [['+CUSD', 'set', '1,"a;b,c",15']]],
    ['ATD+79161234567;', [['D', 'run', '+79161234567;']]],
    [
      'ATE0+CMEE=1',
      [
        ['E', 'run', '0'],
        ['+CMEE', 'set', '1'],
      ],
    ],
  ])('%s', (line, wanted) => {
    expect(keys(line)).toEqual(wanted);
  });

  it.each(['AT+', 'AT=1', 'AT+CPMS?x', 'AT!'])('%s is none', (line) => {
    expect(parseCommandLine(line)).toBeNull();
  });

  it('cuts arguments at commas outside quotes', () => {
    expect(splitArguments('1,"*100#, please",15')).toEqual(['1', '*100#, please', '15']);
    expect(splitArguments('"ME","ME",""')).toEqual(['ME', 'ME', '']);
    expect(splitArguments('')).toEqual(['']);
  });
});
