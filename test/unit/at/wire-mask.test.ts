import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireMask } from '../../../src/at/wire-mask.ts';

const masked = (direction: 'in' | 'out', ...lines: string[]): string[] => {
  const mask = new WireMask();
  return lines.map((line) => mask.mask(direction, line));
};

describe('what is shown of the dialogue', () => {
  it.each([
    'AT+CSQ',
    '+CSQ: 21,99',
    'AT+CNMI=2,1,0,2,0',
    '+CPMS: "SM",3,20,"SM",3,20,"SM",3,20',
    '+COPS: 0,0,"MegaFon RUS",2',
    '+CREG: 2,1',
    '+CMTI: "SM",7',
    '+CME ERROR: 10',
    '+CMS ERROR: 500',
    '^RSSI: 18',
    'OK',
    'NO CARRIER',
    '> ',
  ])('%s is whole', (line) => {
    expect(masked('in', line)).toEqual([line]);
  });

  it.each([
    ['out', 'AT+CPIN="4711"', 'AT+CPIN=••••'],
    ['out', 'AT+CPIN=47110815', 'AT+CPIN=••••'],
    ['in', 'AT+CLCK="SC",0,"4711"', 'AT+CLCK=••••'],
    ['out', 'ATD+79161234567;', 'ATD••••67;'],
    ['out', 'AT+CUSD=1,"*101*1234567#",15', 'AT+CUSD=1,"••••",15'],
    ['in', '+CLIP: "+79161234567",145,,,"Mum"', '+CLIP: "••••",145,,,"••••"'],
    ['in', '+CMT: "+79161234567",,"24/01/02"', '+CMT: "••••",,"••••"'],
    ['in', '+CREG: 2,1,"1A2B","01C3D4E5",2', '+CREG: 2,1,"1A2B","••••E5",2'],
    ['in', '490154203237518', '••••18'],
    ['in', 'Your code is 124556', '•••• (19 characters)'],
    ['out', '0011000B919761214365F70000AA04D4F29C0E', '•••• (19 octets)'],
  ] as const)('%s %s becomes %s', (direction, line, shown) => {
    expect(masked(direction, line)).toEqual([shown]);
  });

  it('hides what the network says over several lines, and shows what comes after', () => {
    expect(masked('in', '+CUSD: 0,"Balance: 12.50', 'Your code is', 'AT 99",15', 'OK')).toEqual([
      '+CUSD: 0,"••••',
      '••••',
      '••••",15',
      'OK',
    ]);
  });

  it('shows the name of the modem when that is what was asked', () => {
    const mask = new WireMask();
    mask.mask('out', 'AT+CGMM');
    expect(mask.mask('in', 'MF180')).toBe('MF180');
    mask.mask('out', 'AT+CMGL=4');
    expect(mask.mask('in', 'MF180')).toBe('•••• (5 characters)');
  });

  it('never shows a PIN, a whole number or a text of a message', () => {
    const secret = fc.stringMatching(/^[a-z]{6,20}$/);
    const digits = fc.stringMatching(/^\d{5,15}$/);
    fc.assert(
      fc.property(secret, digits, fc.stringMatching(/^\d{4,8}$/), (text, number, pin) => {
        const told = [
          ...masked('out', `AT+CPIN="${pin}"`, `ATD${number};`, `AT+CPWD="SC","${pin}","${pin}"`),
          ...masked('in', `+CMGL: 1,1,"${number}"`, `zz ${text}`, `+CUSD: 1,"${text} ${number}`, `${text}"`),
          ...masked('in', `+CPBR: 1,"+${number}",145,"${text}"`, number),
        ].join('\n');
        expect(told).not.toContain(text);
        expect(told).not.toContain(number);
        expect(told.includes(`"${pin}"`)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
