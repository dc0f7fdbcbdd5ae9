import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/cli/roles/role.ts';
import { together } from '../../../src/cli/roles/together.ts';

class Recorded implements Role {
  stopped = false;
  readonly #text: string;
  readonly #stopsWith: Error | null;

  constructor(text: string, stopsWith: Error | null = null) {
    this.#text = text;
    this.#stopsWith = stopsWith;
  }

  async troubles() {
    return this.#text === '' ? [] : [{ code: 'modem_not_ready' as const, text: this.#text }];
  }

  async stop() {
    if (this.#stopsWith !== null) throw this.#stopsWith;
    this.stopped = true;
  }
}

describe('several roles as one', () => {
  it('says whose trouble it is', async () => {
    const roles = together(
      new Map([
        ['balcony', new Recorded('')],
        ['cellar', new Recorded('The SIM is locked.')],
      ]),
    );
    expect(await roles.troubles()).toEqual([{ code: 'modem_not_ready', text: 'cellar: The SIM is locked.' }]);
  });

  it('stops all of them, also when one does not end well', async () => {
    const [bad, good] = [new Recorded('', new Error('stuck')), new Recorded('')];
    await expect(
      together(
        new Map([
          ['bad', bad],
          ['good', good],
        ]),
      ).stop(),
    ).rejects.toThrow('stuck');
    expect(good.stopped).toBe(true);
  });
});
