import { describe, expect, it } from 'vitest';
import {
  type CallEffect,
  type CallInput,
  type CallLife,
  nextCalls,
  nextCallTick,
  noCalls,
} from '../../../src/modem/call-life.ts';

const s = 1_000;

type Sign =
  | ['ring', number]
  | ['clip', number, string | null, boolean?]
  | ['waiting', number, string | null]
  | ['end' | 'reject' | 'lose' | 'tick', number]
  | ['missed', number, string | null];

/** Each sign that begins a call gives it its own place in the row as id: `c0`, `c1`… */
function inputOf(sign: Sign, index: number): CallInput {
  const at = sign[1] * s;
  const id = `c${index}`;
  switch (sign[0]) {
    case 'ring':
      return { type: 'ring', at, id };
    case 'clip':
      return { type: 'clip', at, id, number: sign[2], withheld: sign[3] ?? sign[2] === null };
    case 'waiting':
      return { type: 'waiting', at, id, number: sign[2], withheld: sign[2] === null };
    case 'missed':
      return { type: 'missed', at, id, number: sign[2] };
    default:
      return { type: sign[0], at };
  }
}

const shown = (effect: CallEffect): string => {
  const { id, number, withheld, rings } = effect.call;
  const who = `${id} ${number ?? (withheld ? 'withheld' : 'unknown')}`;
  return effect.type === 'ringing' ? `ringing ${who}` : `${effect.outcome} ${who} ${rings}× until ${effect.at / s}`;
};

/** Plays the signs with all the ticks that fall due between them, as the driver does. */
function play(signs: readonly Sign[]): { effects: string[]; life: CallLife } {
  let life = noCalls;
  const effects: string[] = [];
  const apply = (input: CallInput) => {
    const step = nextCalls(life, input);
    life = step.life;
    effects.push(...step.effects.map(shown));
  };
  for (const [index, sign] of signs.entries()) {
    const input = inputOf(sign, index);
    for (let tick = nextCallTick(life); tick !== null && tick < input.at; tick = nextCallTick(life))
      apply({ type: 'tick', at: tick });
    apply(input);
  }
  return { effects, life };
}

const anna = '+79161234567';
const boris = '+79269999999';

const scenarios: readonly { name: string; signs: readonly Sign[]; effects: readonly string[] }[] = [
  {
    name: 'RING and CLIP together, three rings, NO CARRIER',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['ring', 5],
      ['clip', 5, anna],
      ['ring', 10],
      ['clip', 10, anna],
      ['end', 12],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 3× until 12`],
  },
  {
    name: 'the number is told at the first CLIP, at once',
    signs: [
      ['ring', 0],
      ['clip', 0.2, anna],
    ],
    effects: [`ringing c0 ${anna}`],
  },
  {
    name: 'CLIP two seconds late',
    signs: [
      ['ring', 0],
      ['clip', 2, anna],
      ['end', 4],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 1× until 4`],
  },
  {
    name: 'CLIP so late that the call was told without a number',
    signs: [
      ['ring', 0],
      ['clip', 4, anna],
      ['end', 5],
    ],
    effects: ['ringing c0 withheld', `ringing c0 ${anna}`, `missed c0 ${anna} 1× until 5`],
  },
  {
    name: 'RING alone is told after three seconds',
    signs: [
      ['ring', 0],
      ['tick', 3],
      ['end', 8],
    ],
    effects: ['ringing c0 withheld', 'missed c0 withheld 1× until 8'],
  },
  {
    name: 'RING alone and gone at once is told by its end',
    signs: [
      ['ring', 0],
      ['end', 1],
    ],
    effects: ['missed c0 withheld 1× until 1'],
  },
  {
    name: 'withheld by CLIP is told at once, and repeats are the same call',
    signs: [
      ['ring', 0],
      ['clip', 0, null],
      ['ring', 5],
      ['clip', 5, null],
      ['end', 7],
    ],
    effects: ['ringing c0 withheld', 'missed c0 withheld 2× until 7'],
  },
  {
    name: 'a withheld CLIP after the call was told without a number says nothing new',
    signs: [
      ['ring', 0],
      ['clip', 4, null],
      ['end', 5],
    ],
    effects: ['ringing c0 withheld', 'missed c0 withheld 1× until 5'],
  },
  {
    name: 'not available is no wish of the caller',
    signs: [
      ['ring', 0],
      ['clip', 0, null, false],
    ],
    effects: ['ringing c0 unknown'],
  },
  {
    name: 'CLIP alone, without any RING',
    signs: [
      ['clip', 0, anna],
      ['clip', 5, anna],
      ['end', 6],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 2× until 6`],
  },
  {
    name: 'CLIP before its RING is one ring',
    signs: [
      ['clip', 0, anna],
      ['ring', 0.1],
      ['clip', 5, anna],
      ['ring', 5.1],
      ['end', 6],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 2× until 6`],
  },
  {
    name: 'nobody says that the caller has gone: ten seconds of silence do',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['tick', 10],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 1× until 0`],
  },
  {
    name: 'rings eight seconds apart are one call',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['ring', 8],
      ['ring', 16],
      ['ring', 24],
      ['end', 25],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 4× until 25`],
  },
  {
    name: 'thirty rings are one record',
    signs: [...Array.from({ length: 30 }, (_, n): Sign => ['ring', n * 5]), ['end', 150]],
    effects: ['ringing c0 withheld', 'missed c0 withheld 30× until 150'],
  },
  {
    name: 'it rings on after a silence: the same record, told to the end again',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['ring', 20],
      ['clip', 20, anna],
      ['end', 22],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 1× until 0`, `missed c0 ${anna} 2× until 22`],
  },
  {
    name: 'after half a minute of silence it is another call',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['ring', 31],
      ['clip', 31, anna],
      ['end', 32],
    ],
    effects: [
      `ringing c0 ${anna}`,
      `missed c0 ${anna} 1× until 0`,
      `ringing c2 ${anna}`,
      `missed c2 ${anna} 1× until 32`,
    ],
  },
  {
    name: 'a ring right after NO CARRIER is another call, of the same number too',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['end', 1],
      ['ring', 2],
      ['clip', 2, anna],
      ['end', 3],
    ],
    effects: [
      `ringing c0 ${anna}`,
      `missed c0 ${anna} 1× until 1`,
      `ringing c3 ${anna}`,
      `missed c3 ${anna} 1× until 3`,
    ],
  },
  {
    name: 'another number without an end between: another call',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['ring', 6],
      ['clip', 6, boris],
      ['end', 8],
    ],
    effects: [
      `ringing c0 ${anna}`,
      `missed c0 ${anna} 2× until 6`,
      `ringing c3 ${boris}`,
      `missed c3 ${boris} 1× until 8`,
    ],
  },
  {
    name: 'call waiting: two calls at a time',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['waiting', 2, boris],
      ['waiting', 4, boris],
      ['ring', 5],
      ['clip', 5, anna],
      ['end', 6],
    ],
    effects: [
      `ringing c0 ${anna}`,
      `ringing c2 ${boris}`,
      `missed c0 ${anna} 2× until 6`,
      `missed c2 ${boris} 2× until 6`,
    ],
  },
  {
    name: 'MISSED_CALL ends the call and brings its number',
    signs: [
      ['ring', 0],
      ['missed', 2, anna],
    ],
    effects: [`missed c0 ${anna} 1× until 2`],
  },
  {
    name: 'MISSED_CALL after NO CARRIER tells nothing new',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['end', 2],
      ['missed', 2.1, anna],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 1× until 2`],
  },
  {
    name: 'MISSED_CALL out of the blue is a call',
    signs: [
      ['missed', 0, anna],
      ['missed', 0.1, anna],
      ['missed', 1, null],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 1× until 0`],
  },
  {
    name: 'rejected by us',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['reject', 0.5],
      ['end', 1],
    ],
    effects: [`ringing c0 ${anna}`, `rejected c0 ${anna} 1× until 1`],
  },
  {
    name: 'rejected before the number was known',
    signs: [
      ['ring', 0],
      ['reject', 0.1],
      ['clip', 0.2, anna],
      ['end', 1],
    ],
    effects: [`ringing c0 ${anna}`, `rejected c0 ${anna} 1× until 1`],
  },
  {
    name: 'the link is lost while it rings',
    signs: [
      ['ring', 0],
      ['clip', 0, anna],
      ['lose', 3],
    ],
    effects: [`ringing c0 ${anna}`, `missed c0 ${anna} 1× until 3`],
  },
  {
    name: 'an end without a call',
    signs: [
      ['end', 0],
      ['lose', 1],
      ['reject', 2],
      ['tick', 3],
    ],
    effects: [],
  },
];

describe('the life of calls', () => {
  it.each(scenarios)('$name', ({ signs, effects }) => {
    expect(play(signs).effects).toEqual(effects);
  });

  it('waits for nothing when nothing rings', () => {
    expect(nextCallTick(noCalls)).toBeNull();
    const { life } = play([
      ['ring', 0],
      ['end', 1],
      ['tick', 31],
    ]);
    expect(life).toEqual(noCalls);
  });

  it('asks to be woken for the number first, then for the silence', () => {
    const ringing = play([['ring', 0]]).life;
    expect(nextCallTick(ringing)).toBe(3 * s);
    expect(nextCallTick(nextCalls(ringing, { type: 'tick', at: 3 * s }).life)).toBe(10 * s);
  });

  const lives: Readonly<Record<string, CallLife>> = {
    'no call': noCalls,
    'an unknown call': play([['ring', 0]]).life,
    'a told call without a number': play([
      ['ring', 0],
      ['tick', 3],
    ]).life,
    'a known call': play([
      ['ring', 0],
      ['clip', 0, anna],
    ]).life,
    'two calls': play([
      ['ring', 0],
      ['clip', 0, anna],
      ['waiting', 1, boris],
    ]).life,
    'a call that fell silent': play([
      ['ring', 0],
      ['clip', 0, anna],
      ['tick', 10],
    ]).life,
  };
  const inputs: readonly Sign[] = [
    ['ring', 11],
    ['clip', 11, anna],
    ['clip', 11, null],
    ['waiting', 11, boris],
    ['end', 11],
    ['missed', 11, anna],
    ['reject', 11],
    ['lose', 11],
    ['tick', 11],
  ];
  for (const [name, life] of Object.entries(lives)) {
    it.each(inputs.map((sign) => ({ sign })))(
      `${name} + $sign.0: one record a call, each end told once`,
      ({ sign }) => {
        const input = inputOf(sign, 9);
        const { life: next, effects } = nextCalls(life, input);
        const ids = next.open.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const ended = effects.filter(({ type }) => type === 'ended').map(({ call }) => call.id);
        expect(new Set(ended).size).toBe(ended.length);
        for (const id of ended) expect(ids).not.toContain(id);
        for (const { call } of effects.filter(({ type }) => type === 'ringing'))
          expect([...ids, ...ended]).toContain(call.id);
        if (input.type === 'end' || input.type === 'lose') expect(next.open).toEqual([]);
      },
    );
  }
});
