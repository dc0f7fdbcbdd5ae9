import { describe, expect, it } from 'vitest';
import { type Blow, tortureRoles } from './roles.ts';

const blows: readonly Blow[] = [
  { type: 'kill', victims: ['worker modem'] },
  { type: 'kill', victims: ['handler'] },
  { type: 'kill', victims: ['postgres'] },
  { type: 'purge' },
  { type: 'kill', victims: ['scheduler', 'api'] },
  { type: 'kill', victims: ['rabbit', 'worker modem'] },
  { type: 'cut', role: 'handler', server: 'postgres', ms: 3_000 },
];

describe('roles and servers killed at random moments (a sample; npm run torture -- roles is the whole)', () => {
  it('loses nothing, stores nothing twice, sends nothing twice, and is soon healthy again', {
    timeout: 180_000,
  }, async () => {
    const said: string[] = [];
    const { faults } = await tortureRoles({
      seed: 20_261_122,
      blows,
      incoming: 35,
      outgoing: 14,
      say: (line) => void said.push(line),
    });
    expect(faults, said.join('\n')).toEqual([]);
  });
});
