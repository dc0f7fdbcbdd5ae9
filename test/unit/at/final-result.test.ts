import { describe, expect, it } from 'vitest';
import { cmeKind } from '../../../src/at/cme-table.ts';
import { cmsCause, cmsTexts } from '../../../src/at/cms-table.ts';
import { readFinalResult } from '../../../src/at/final-result.ts';

const plain = { dials: false, numeric: false };
const call = { dials: true, numeric: false };
const digits = { dials: false, numeric: true };

function failure(line: string, context = plain): [string, number | null] | null {
  const result = readFinalResult(line, context);
  return result === null || result.ok ? null : [result.error.kind, result.error.code];
}

describe('final result codes', () => {
  it('knows success', () => {
    expect(readFinalResult('OK', plain)).toEqual({ ok: true, text: 'OK' });
    expect(readFinalResult('ok', plain)?.ok).toBe(true);
    expect(readFinalResult('CONNECT 7200000', call)?.ok).toBe(true);
    expect(readFinalResult('CONNECT', plain)).toBeNull();
    expect(readFinalResult('0', digits)?.ok).toBe(true);
    expect(readFinalResult('0', plain)).toBeNull();
  });

  it.each([
    ['ERROR', 'ERROR', null],
    ['+CME ERROR: 14', 'CME', 14],
    ['+CME ERROR:100', 'CME', 100],
    ['+CME ERROR: SIM busy', 'CME', 14],
    ['+CMS ERROR: 500', 'CMS', 500],
    ['+CMS ERROR: SMSC address unknown', 'CMS', 330],
    ['+CMS ERROR: something of our own', 'CMS', null],
    ['COMMAND NOT SUPPORT', 'UNSUPPORTED', null],
    ['TOO MANY PARAMETERS', 'UNSUPPORTED', null],
    ['MODEM ERROR: 4', 'UNSUPPORTED', null],
    ['+EXT ERROR: 4', 'UNSUPPORTED', null],
    ['ABORTED', 'ABORTED', null],
  ])('%s is a failure', (line, kind, code) => {
    expect(failure(line)).toEqual([kind, code]);
  });

  it.each(['NO CARRIER', 'BUSY', 'NO ANSWER', 'NO DIALTONE'])('%s ends a dial and nothing else', (line) => {
    expect(failure(line, call)).toEqual([line, null]);
    expect(failure(line)).toBeNull();
  });

  it.each(['UNKNOWN COMMAND', 'MODEM ERROR:', 'OKAY', '+CMTI: "SM",1', 'ERRORS'])('%s is none', (line) => {
    expect(readFinalResult(line, plain)).toBeNull();
  });
});

describe('causes of CMS', () => {
  it.each([
    [1, 'permanent'],
    [21, 'temporary'],
    [38, 'temporary'],
    [28, 'configuration'],
    [50, 'configuration'],
    [197, 'already-sent'],
    [314, 'busy'],
    [332, 'unknown-outcome'],
    [350, 'unknown-outcome'],
    [500, 'unclear'],
    [515, 'busy'],
    [535, 'busy'],
    [2, 'temporary'],
    [240, 'temporary'],
    [400, 'unclear'],
    [2048, 'temporary'],
  ])('%i is %s', (code, kind) => {
    expect(cmsCause(code).kind).toBe(kind);
    expect(cmsCause(code).text).toMatch(/\.$/);
  });

  it('reads the codes of vendors by family', () => {
    expect([cmsCause(513, 'A').kind, cmsCause(513, 'B').kind, cmsCause(513).kind]).toEqual([
      'permanent',
      'unknown-outcome',
      'temporary',
    ]);
    expect([cmsCause(515, 'A').kind, cmsCause(515, 'B').kind]).toEqual(['permanent', 'busy']);
  });

  it('has a cause of its own for each text of the standard', () => {
    for (const code of Object.keys(cmsTexts)) expect(cmsCause(Number(code)).text).not.toContain('(error');
  });
});

describe('causes of CME', () => {
  it.each([
    [14, 'busy'],
    [10, 'sim'],
    [16, 'wrong-password'],
    [22, 'empty'],
    [20, 'memory-full'],
    [30, 'temporary'],
    [111, 'denied'],
    [4, 'unsupported'],
    [100, 'unclear'],
    [9999, 'unclear'],
  ])('%i is %s', (code, kind) => {
    expect(cmeKind(code)).toBe(kind);
  });
});
