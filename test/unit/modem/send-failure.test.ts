import { describe, expect, it } from 'vitest';
import type { AtFailure } from '../../../src/at/outcome.ts';
import { notSent, readRefusal } from '../../../src/modem/send-failure.ts';

const cms = (code: number): AtFailure => ({ kind: 'CMS', code, text: `+CMS ERROR: ${code}` });
const cme = (code: number): AtFailure => ({ kind: 'CME', code, text: `+CME ERROR: ${code}` });

describe('what a refused message means', () => {
  it.each([
    { error: cms(1), kind: 'permanent' },
    { error: cms(8), kind: 'configuration' },
    { error: cms(38), kind: 'temporary' },
    { error: cms(42), kind: 'temporary' },
    { error: cms(314), kind: 'busy' },
    { error: cms(322), kind: 'configuration' },
    { error: cms(330), kind: 'configuration' },
    { error: cms(331), kind: 'temporary' },
    { error: cms(500), kind: 'unclear' },
    { error: cme(14), kind: 'busy' },
    { error: cme(10), kind: 'configuration' },
    { error: cme(20), kind: 'configuration' },
    { error: cme(30), kind: 'temporary' },
    { error: cme(111), kind: 'configuration' },
    { error: cme(100), kind: 'unclear' },
    { error: { kind: 'ERROR', code: null, text: 'ERROR' } as const, kind: 'unclear' },
    { error: { kind: 'CMS', code: null, text: '+CMS ERROR: nobody knows' } as const, kind: 'unclear' },
  ])('$error.text → $kind', ({ error, kind }) => {
    const refusal = readRefusal(error, true);
    expect(refusal).toMatchObject({ type: 'failed', failure: { kind, code: error.code } });
  });

  it.each([332, 350])('%i after the PDU leaves the outcome open', (code) => {
    expect(readRefusal(cms(code), true)).toMatchObject({ type: 'unknown' });
  });

  it.each([332, 350])('%i before the PDU cannot mean that it left', (code) => {
    expect(readRefusal(cms(code), false)).toMatchObject({ type: 'failed', failure: { kind: 'temporary' } });
  });

  it('keeps the code by which a duplicate is known (TS 23.040 §9.2.3.22)', () => {
    expect(readRefusal(cms(197), true)).toMatchObject({ failure: { source: 'CMS', code: 197 } });
  });

  it('names its source', () => {
    const sources = [cms(8), cme(10), { kind: 'UNSUPPORTED', code: null, text: 'COMMAND NOT SUPPORT' } as const];
    const told = sources
      .map((error) => readRefusal(error, true))
      .map((r) => (r.type === 'failed' ? r.failure.source : ''));
    expect(told).toEqual(['CMS', 'CME', 'ERROR']);
  });

  it('has no code for what never reached the modem', () => {
    expect(notSent('No prompt.')).toEqual({ kind: 'temporary', source: 'none', code: null, text: 'No prompt.' });
  });
});
