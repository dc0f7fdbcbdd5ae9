import { describe, expect, it } from 'vitest';
import { announcedMessage, readUrc, routedMessage, unknownUrc } from '../../../src/at/urc-table.ts';

/** Without the line itself, which is always the one given. */
function read(line: string): unknown {
  const urc = readUrc(line);
  if (urc === null) return null;
  const { line: kept, ...rest } = urc;
  expect(kept).toBe(line);
  return rest;
}

describe('unsolicited result codes', () => {
  it.each([
    ['+CMTI: "SM",3', { type: 'CMTI', memory: 'SM', index: 3 }],
    ['+CMTI: "SM",1,"MMS PUSH"', { type: 'CMTI', memory: 'SM', index: 1 }],
    ['+CMTI: "SM",-1', { type: 'CMTI', memory: 'SM', index: -1 }],
    ['+CDSI: "SR",50', { type: 'CDSI', memory: 'SR', index: 50 }],
    ['RING', { type: 'RING', call: null }],
    ['+CRING: VOICE', { type: 'RING', call: 'VOICE' }],
    ['+CUSD: 1,"1>a",15', { type: 'CUSD', status: 1, text: '1>a', dcs: 15 }],
    ['+CREG: 1,"00C3","D4",2', { type: 'registration', domain: 'CREG', stat: 1, lac: 195, ci: 212, act: 2 }],
    ['+ZPASR: "UMTS"', { type: 'ZPASR', technology: 'UMTS' }],
    [
      '+ZDONR: "MTS",250,1,"CS_PS","ROAM_OFF"',
      { type: 'ZDONR', operator: 'MTS', mcc: '250', mnc: '1', service: 'CS_PS', roaming: false },
    ],
    ['+ZUSIMR:2', { type: 'ZUSIMR', value: '2' }],
    ['^SMMEMFULL:"SM"', { type: 'memory-full', memory: 'SM' }],
    ['+ZSMMEMFULL', { type: 'memory-full', memory: '' }],
    ['+QIND: "smsfull","ME"', { type: 'memory-full', memory: 'ME' }],
    ['RDY', { type: 'boot', sign: 'RDY' }],
    ['^SIMST:1', { type: 'boot', sign: '^SIMST:1' }],
    ['UNDER-VOLTAGE WARNNING', { type: 'noise', prefix: 'UNDER-VOLTAGE' }],
    ['+CFUN: 1', { type: 'boot', sign: '+CFUN: 1' }],
    ['+QIND: PB DONE', { type: 'boot', sign: '+QIND: PB DONE' }],
    ['Call Ready', { type: 'boot', sign: 'Call Ready' }],
    ['+CPIN: NOT READY', { type: 'sim', state: 'NOT READY' }],
    ['NO CARRIER', { type: 'call-end', reason: 'NO CARRIER' }],
    ['HANGUP: 1', { type: 'call-end', reason: 'HANGUP: 1' }],
    ['^CEND:1,0,104,16', { type: 'call-end', reason: '^CEND:1,0,104,16' }],
    ['VOICE CALL: END: 000017', { type: 'call-end', reason: 'VOICE CALL: END: 000017' }],
    ['VOICE CALL: BEGIN', { type: 'noise', prefix: 'VOICE CALL' }],
    ['MISSED_CALL: 03:12PM +79161234567', { type: 'missed-call', number: '+79161234567' }],
    ['^RSSI:15', { type: 'signal', rssi: 15 }],
    ['+CSQ: 20,99', { type: 'signal', rssi: 20 }],
    ['+CLCC: 1,1,4,0,0', { type: 'CLCC' }],
    ['^BOOT:1,2,3', { type: 'noise', prefix: '^BOOT' }],
    ['+CIEV: 7,1', { type: 'noise', prefix: '+CIEV' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each([
    ['+CLIP: "+79161234567",145,,,,0', '+79161234567', 145, 0, null],
    ['+CLIP: "79161234567",145', '+79161234567', 145, null, null],
    ['+CLIP: "89161234567",129,"",0,"Ann",0', '89161234567', 129, 0, 'Ann'],
    ['+CLIP: "",128,,,,1', '', 128, 1, null],
    ['+CLIP: ,128', '', 128, null, null],
    ['+CLIP: ""', '', null, null, null],
  ])('the caller of %s', (line, number, toa, validity, alpha) => {
    expect(read(line)).toEqual({ type: 'CLIP', number, toa, validity, alpha });
  });

  it('reads a waiting call, whose fields stand elsewhere', () => {
    expect(read('+CCWA: "+7916",145,1,"Ann",0')).toEqual({
      type: 'CCWA',
      number: '+7916',
      toa: 145,
      validity: 0,
      alpha: 'Ann',
    });
  });

  it.each(['+CLIP: 1,1', '+CMTI: "SM"', '+FOO: 1', 'SOMETHING', '+CREG: x', 'BUSYBODY', '+CSQ: x'])(
    '%s is none',
    (line) => {
      expect(readUrc(line)).toBeNull();
    },
  );

  it('reads routed messages with the length in the last field', () => {
    expect(announcedMessage('+CMT: ,23')).toBe('CMT');
    expect(announcedMessage('+CMTI: "SM",1')).toBeNull();
    expect(routedMessage('CMT', '+CMT: "Ann, B",23', '00FF')).toEqual({
      type: 'CMT',
      pdu: '00FF',
      length: 23,
      line: '+CMT: "Ann, B",23',
    });
    expect(routedMessage('CDS', '+CDS: ,25', '00FF')).toMatchObject({ length: 25 });
    expect(routedMessage('CDS', '+CDS: 25', '00FF')).toMatchObject({ length: 25 });
  });

  it('keeps what may be somebody’s words out of the prefix that is logged', () => {
    expect(unknownUrc('+XYZ: secret')).toMatchObject({ prefix: '+XYZ' });
    expect(unknownUrc('0791123456')).toMatchObject({ prefix: '' });
    expect(unknownUrc('Your code, Ann: 1234')).toMatchObject({ prefix: '' });
  });
});
