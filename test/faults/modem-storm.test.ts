import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/core/random.ts';
import { ModemRig, testPart } from '../support/modem-rig.ts';

const messages = 40;

/** One thing that goes wrong, and how it ends. */
const faults: readonly ((rig: ModemRig, random: Random) => Promise<void>)[] = [
  (rig) => Promise.resolve(rig.modem.faults.reboot()),
  async (rig, random) => {
    rig.modem.faults.unplug();
    await rig.clock.advance(random.below(40_000));
    rig.modem.faults.replug();
  },
  async (rig, random) => {
    rig.modem.faults.silence(true);
    await rig.clock.advance(random.below(90_000));
    rig.modem.faults.silence(false);
  },
  async (rig, random) => {
    rig.refuse = () => true;
    await rig.clock.advance(random.below(60_000));
    rig.refuse = () => false;
  },
  (rig) => rig.restart(),
  (rig, random) => Promise.resolve(rig.modem.faults.failDeletions(random.below(4))),
  (rig) => Promise.resolve(rig.modem.faults.dropNextCmti()),
  (rig, random) => Promise.resolve(rig.modem.faults.simBusy(random.below(20_000))),
  (rig) => Promise.resolve(rig.modem.faults.forgetCnmi()),
  (rig, random) => Promise.resolve(rig.modem.faults.lateFinal(random.below(60_000))),
  (rig) => Promise.resolve(rig.modem.faults.garbage(new Uint8Array([0x0d, 0xff, 0x2b, 0x43, 0x0a]))),
];

describe('whatever goes wrong', () => {
  it.each(Array.from({ length: 24 }, (_, index) => index + 1))(
    'nothing is lost and nothing is sent twice: storm %i',
    async (seed) => {
      const random = seededRandom(seed);
      const profile = (['clean', 'generic', 'zte-mf180'] as const)[seed % 3] ?? 'clean';
      const rig = new ModemRig({ modem: { profile, chunking: 'random', slots: 10 } });
      await rig.ready();
      const results: Promise<unknown>[] = [];
      for (let n = 0; n < messages; n += 1) {
        rig.modem.network.deliver({ from: '+79161234567', text: `message ${n}` });
        if (n % 4 === 0) results.push(rig.begin(n, [testPart]));
        await rig.clock.advance(random.below(8_000));
        if (random.below(3) === 0) await faults[random.below(faults.length)]?.(rig, random);
      }
      const memories = ['SM', 'ME'] as const;
      await rig.until(
        () =>
          rig.modem.network.pending === 0 &&
          memories.every((memory) => rig.modem.stored(memory).length === 0) &&
          rig.state === 'ready',
        7_200_000,
      );
      // Reports are 2 in the two lowest bits (TS 23.040 §9.2.3.1), messages 0.
      const received = rig.pdus.filter(
        (pdu) => (Number.parseInt(pdu.slice(2 + 2 * Number.parseInt(pdu.slice(0, 2), 16)).slice(0, 2), 16) & 3) === 0,
      );
      const userData = received.map((pdu) => pdu.slice(-24));
      expect(new Set(userData).size).toBe(messages);

      await Promise.all(results);
      const announced = rig.of('part.sending').length;
      expect(rig.modem.network.submitted.length).toBeLessThanOrEqual(announced);
      expect(new Set(rig.of('part.sending').map(({ messageId }) => messageId)).size).toBe(announced);
      expect(rig.of('part.sent').length).toBeLessThanOrEqual(rig.modem.network.submitted.length);
      // A modem that does not answer must be called again at some time, though its answer may be on its way.
      expect(rig.modem.misuse.filter((note) => !note.endsWith('a byte came before the final result code.'))).toEqual(
        [],
      );
      await rig.stop();
    },
  );
});
