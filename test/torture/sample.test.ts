import { describe, expect, it } from 'vitest';
import { torture } from './torture.ts';

describe('killed at random moments (a sample; npm run torture is the whole)', () => {
  it('loses nothing, stores nothing twice and sends nothing twice', async () => {
    const seed = 20_261_122;
    const said: string[] = [];
    const { faults } = await torture({
      seed,
      kills: 6,
      incoming: 30,
      outgoing: 10,
      say: (line) => void said.push(line),
    });
    expect(faults, said.join('\n')).toEqual([]);
  });
});
