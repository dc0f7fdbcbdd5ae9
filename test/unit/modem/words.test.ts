import { describe, expect, it } from 'vitest';
import type { AtFailureKind, AtOutcome } from '../../../src/at/outcome.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { backoffMs } from '../../../src/modem/backoff.ts';
import { fittingIndications, sameIndications } from '../../../src/modem/indications.ts';
import { overallRegistration, takesMessages } from '../../../src/modem/registration.ts';
import { readSimState, simStateOf } from '../../../src/modem/sim-state.ts';
import { technologyOfAct, technologyOfZte } from '../../../src/modem/technology.ts';
import { isWholePdu } from '../../../src/modem/whole-pdu.ts';

describe('registration in words', () => {
  it.each([
    [[], null, true],
    [[0], 'idle', false],
    [[1], 'home', true],
    [[2], 'searching', false],
    [[3], 'denied', false],
    [[4], 'unknown', true],
    [[5], 'roaming', true],
    [[6], 'sms-only-home', true],
    [[7], 'sms-only-roaming', true],
    [[8], 'emergency-only', false],
    [[9], 'home', true],
    [[10], 'roaming', true],
    [[99], 'unknown', true],
    [[0, 0, 1], 'home', true],
    [[2, 5], 'roaming', true],
    [[3, 0], 'denied', false],
  ])('%j → %s, takes messages: %s', (stats, word, takes) => {
    const registration = overallRegistration(stats);
    expect(registration).toBe(word);
    expect(takesMessages(registration)).toBe(takes);
  });
});

describe('technology in words', () => {
  it.each([
    [0, 'GSM'],
    [2, 'UMTS'],
    [3, 'EDGE'],
    [4, 'HSDPA'],
    [6, 'HSPA'],
    [7, 'LTE'],
    [11, 'NR'],
    [77, null],
    [null, null],
  ])('<AcT> %s → %s', (act, word) => {
    expect(technologyOfAct(act)).toBe(word);
  });

  it.each([
    ['UMTS', 'UMTS'],
    ['GPRS/EDGE', 'EDGE'],
    [' hsdpa ', 'HSDPA'],
    ['No Service', null],
    ['Limited Service', null],
    ['', null],
  ])('ZTE %s → %s', (told, word) => {
    expect(technologyOfZte(told)).toBe(word);
  });
});

describe('the state of the SIM in words', () => {
  const failed = (kind: AtFailureKind, code: number | null): AtOutcome => ({
    ok: false,
    error: { kind, code, text: '' },
    lines: [],
    records: [],
  });

  it.each([
    ['READY', 'ready'],
    ['sim pin', 'pin'],
    ['SIM PUK', 'puk'],
    ['SIM PIN2', 'pin2'],
    ['SIM PUK2', 'puk2'],
    ['PH-NET PIN', 'operator-lock'],
    ['PH-SIM PIN', 'operator-lock'],
    ['NOT INSERTED', 'missing'],
    ['NOT READY', 'busy'],
    ['WHATEVER', 'unknown'],
  ])('%s → %s', (code, state) => {
    expect(simStateOf(code)).toBe(state);
    expect(readSimState({ ok: true, final: 'OK', lines: [`+CPIN: ${code}`], records: [] })).toBe(state);
  });

  it.each([
    ['CME', 10, 'missing'],
    ['CME', 11, 'pin'],
    ['CME', 12, 'puk'],
    ['CME', 13, 'failed'],
    ['CME', 14, 'busy'],
    ['CME', 100, 'unknown'],
    ['CMS', 310, 'missing'],
    ['CMS', 314, 'busy'],
    ['ERROR', null, 'unknown'],
  ] as const)('%s %s → %s', (kind, code, state) => {
    expect(readSimState(failed(kind, code))).toBe(state);
  });

  it('does not know what an OK without a word means', () => {
    expect(readSimState({ ok: true, final: 'OK', lines: [], records: [] })).toBe('unknown');
  });
});

describe('indications', () => {
  const ladder = [
    [2, 1, 0, 2, 0],
    [1, 1, 0, 2, 0],
    [1, 1],
  ];

  it('are tried as far as the modem claims to know them', () => {
    expect(fittingIndications(ladder, [[0, 1], [0, 1], [0], [0, 1, 2], [0]])).toEqual(ladder.slice(1));
  });

  it('are all tried when the modem claims nothing, or nothing fitting', () => {
    expect(fittingIndications(ladder, null)).toEqual(ladder);
    expect(fittingIndications(ladder, [[3], [2]])).toEqual(ladder);
  });

  it.each([
    [[2, 1, 0, 2, 0], true],
    [[2, 1], true],
    [[2, 1, 0, 0, 0], false],
    [null, true],
  ])('read back as %j are kept: %s', (told, same) => {
    expect(sameIndications([2, 1, 0, 2, 0], told)).toBe(same);
  });
});

describe('a PDU line', () => {
  it.each([
    ['0011', 1, true],
    ['00', 0, true],
    ['0111', 0, true],
    ['0011', 2, false],
    ['0011', null, true],
    ['001', null, false],
    ['0g', null, false],
    ['', null, false],
  ])('%s of length %s is whole: %s', (pdu, length, whole) => {
    expect(isWholePdu(pdu, length)).toBe(whole);
  });
});

describe('the back-off', () => {
  it('doubles from one second to half a minute, spread by a quarter', () => {
    const random = seededRandom(1);
    for (const [attempt, step] of [
      [0, 1],
      [1, 1],
      [2, 2],
      [3, 4],
      [5, 16],
      [6, 30],
      [1_000, 30],
    ] as const) {
      const waits = Array.from({ length: 50 }, () => backoffMs(attempt, random));
      for (const ms of waits) {
        expect(ms).toBeGreaterThanOrEqual(step * 750);
        expect(ms).toBeLessThanOrEqual(Math.min(30_000, step * 1_250));
      }
      expect(new Set(waits).size).toBeGreaterThan(10);
    }
  });
});
