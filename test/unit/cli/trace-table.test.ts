import { describe, expect, it } from 'vitest';
import { readTrace, traceTable } from '../../../src/cli/trace-table.ts';

const answer = {
  id: 17,
  state: 'queued',
  modem: 'modem',
  phone: '+7916…67',
  attempt: 1,
  next_attempt_at: '2024-08-20T13:00:12.500000',
  error: null,
  steps: [
    { at: '2024-08-20T13:00:00.000000', after_ms: 0, role: 'api', what: 'queued', trace: 'out-17' },
    { at: '2024-08-20T13:00:00.012000', after_ms: 12, role: 'scheduler', what: 'handed over', trace: 'out-17' },
    { at: '2024-08-20T13:00:00.007000', after_ms: -5, role: 'worker', what: 'not sent', trace: 'out-17' },
  ],
};

describe('the table of a way', () => {
  it('has its columns one below the other, and the state at its end', () => {
    expect(traceTable(readTrace(answer)).split('\n')).toEqual([
      'time                      ms  role       what         trace',
      '2024-08-20 13:00:00.000       api        queued       out-17',
      '2024-08-20 13:00:00.012  +12  scheduler  handed over  out-17',
      '2024-08-20 13:00:00.007   -5  worker     not sent     out-17',
      'Now: queued; modem modem; phone +7916…67; tries 1; next try at 2024-08-20 13:00:12.500',
    ]);
  });

  it('lets no control character through', () => {
    const [step] = answer.steps;
    const table = traceTable(readTrace({ ...answer, error: '\u001B[2J', steps: [{ ...step, what: 'a\u001B[31mb' }] }));
    expect(table).not.toContain('\u001B');
    expect(table).toContain('a·[31mb');
  });

  it('says so when no steps are known', () => {
    expect(traceTable(readTrace({ ...answer, steps: [] }))).toMatch(/^No steps are known.*\nNow: queued;/);
  });

  it.each([null, 7, [], {}, { steps: [{ at: 1 }] }, { steps: [null] }])('refuses %j', (given) => {
    expect(() => readTrace(given)).toThrow('not a Simloft gateway');
  });
});
