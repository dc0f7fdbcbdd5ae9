import { describe, expect, it } from 'vitest';
import type { ModemEvent, PduReceived } from '../../../src/core/events.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { at } from '../../../src/at/commands.ts';
import { Inbox } from '../../../src/modem/inbox.ts';
import { defaultModemSettings } from '../../../src/modem/settings.ts';
import { kodPdu } from '../../support/pdus.ts';
import { ScriptedModem } from '../../support/scripted-modem.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** An inbox whose home is SM, beside SR, on a modem that answers as `script` says, or with OK. */
function inbox(script: (command: string) => readonly string[] | null | undefined, others: readonly string[] = []) {
  const clock = new VirtualClock();
  const modem = new ScriptedModem(clock, (command) => {
    const answer = script(command);
    return answer === undefined ? [] : answer;
  });
  const safe: PduReceived[] = [];
  const troubles: string[] = [];
  const context = {
    name: 'modem',
    run: 'r',
    clock,
    random: seededRandom(1),
    log: silentLogger,
    settings: defaultModemSettings,
    publish: async (event: ModemEvent) => {
      await Promise.resolve();
      if (event.type === 'pdu.received') safe.push(event);
    },
    ask: () => Promise.resolve('granted' as const),
    publishSurely: () => Promise.resolve(),
  };
  const plan = { home: 'SM', others, choose: at.cpms('SM', 'SM', 'SM') };
  const { channel } = modem;
  const onTrouble = ({ message }: Error) => troubles.push(message);
  return { inbox: new Inbox({ channel, context, plan, sim: null, onTrouble }), modem, safe, troubles, clock };
}

const record = (index: number) => [`+CMGL: ${index},1,,26`, kodPdu];

describe('an indicated slot', () => {
  it.each([
    ['a record without a PDU', ['+CMGR: 0,,0']],
    ['nothing but OK', []],
    ['ERROR', ['ERROR']],
    ['invalid index', ['+CMS ERROR: 321']],
    ['unknown error', ['+CMS ERROR: 500']],
    ['not found', ['+CME ERROR: 22']],
  ])('that is not filled yet (%s) is read again, and then looked for', async (_, empty) => {
    const { inbox: box, modem, safe, clock } = inbox((command) => (command.startsWith('+CMGR') ? empty : undefined));
    box.indicated({ memory: 'SM', index: 3 });
    await clock.advance(5_000);
    expect(modem.commands.filter((command) => command === '+CMGR=3')).toHaveLength(4);
    expect(modem.commands).toContain('+CMGL=4');
    expect(safe).toEqual([]);
  });

  it('that is filled a moment later is read', async () => {
    let reads = 0;
    const {
      inbox: box,
      modem,
      safe,
      clock,
    } = inbox((command) => {
      if (!command.startsWith('+CMGR')) return undefined;
      reads += 1;
      return reads < 3 ? [] : ['+CMGR: 0,,26', kodPdu];
    });
    box.indicated({ memory: 'SM', index: 3 });
    await clock.advance(5_000);
    expect(safe).toMatchObject([{ pdu: kodPdu, slot: 3, stat: 0, tpduLength: 26 }]);
    expect(modem.commands.at(-1)).toBe('+CMGD=3');
  });

  it('without a number (-1) means: look', async () => {
    const { inbox: box, modem, safe, clock } = inbox((command) => (command === '+CMGL=4' ? record(7) : undefined));
    box.indicated({ memory: 'SM', index: -1 });
    await clock.advance(1_000);
    expect(safe).toMatchObject([{ slot: 7 }]);
    expect(modem.commands).toContain('+CMGD=7');
  });

  it('may have the number 0', async () => {
    const {
      inbox: box,
      modem,
      clock,
    } = inbox((command) => (command === '+CMGR=0' ? ['+CMGR: 0,,26', kodPdu] : undefined));
    box.indicated({ memory: 'SM', index: 0 });
    await clock.advance(1_000);
    expect(modem.commands).toEqual(['+CMGR=0', '+CMGD=0']);
  });

  it('in another memory is read and deleted there, and the home is put back each time', async () => {
    const {
      inbox: box,
      modem,
      safe,
      clock,
    } = inbox((command) => (command === '+CMGR=50' ? ['+CMGR: ,,25', kodPdu] : undefined));
    box.indicated({ memory: 'SR', index: 50 });
    await clock.advance(1_000);
    expect(safe).toMatchObject([{ memory: 'SR', slot: 50, stat: null }]);
    const home = '+CPMS="SM","SM","SM"';
    expect(modem.commands).toEqual(['+CPMS="SR"', '+CMGR=50', home, '+CPMS="SR"', '+CMGD=50', home]);
  });

  it('in a memory that the modem does not let us choose is left', async () => {
    const {
      inbox: box,
      modem,
      troubles,
      clock,
    } = inbox((command) => (command === '+CPMS="SR"' ? ['ERROR'] : undefined));
    box.indicated({ memory: 'SR', index: 50 });
    await clock.advance(5_000);
    expect(modem.commands).toEqual(['+CPMS="SR"']);
    expect(troubles).toEqual([]);
  });

  it('is trouble when the home does not come back', async () => {
    const {
      inbox: box,
      troubles,
      clock,
    } = inbox((command) => (command.startsWith('+CPMS="SM"') ? ['ERROR'] : undefined));
    box.indicated({ memory: 'SR', index: 50 });
    await clock.advance(1_000);
    expect(troubles).toEqual([expect.stringContaining('SM')]);
  });
});

describe('a sweep', () => {
  it('reads slot by slot what cannot be listed', async () => {
    const {
      inbox: box,
      safe,
      clock,
    } = inbox((command) => {
      if (command === '+CPMS?') return ['+CPMS: "SM",2,10,"SM",2,10,"SM",2,10'];
      if (command === '+CMGL=4') return ['+CMS ERROR: 500'];
      if (command === '+CMGD=?') return ['+CMGD: (2,9),(0-4)'];
      return command === '+CMGR=2' || command === '+CMGR=9' ? ['+CMGR: 1,,26', kodPdu] : undefined;
    });
    const swept = box.sweep();
    await clock.advance(1_000);
    expect(await swept).toBe(true);
    expect(safe.map(({ slot }) => slot)).toEqual([2, 9]);
  });

  it('tries all slots where the modem does not say which are taken', async () => {
    const {
      inbox: box,
      modem,
      clock,
    } = inbox((command) => {
      if (command === '+CPMS?') return ['+CPMS: "SM",1,4,"SM",1,4,"SM",1,4'];
      if (command === '+CMGL=4' || command === '+CMGD=?') return ['ERROR'];
      return command === '+CMGR=4' ? ['+CMGR: 1,,26', kodPdu] : undefined;
    });
    const swept = box.sweep();
    await clock.advance(1_000);
    expect(await swept).toBe(true);
    expect(modem.commands.filter((command) => command.startsWith('+CMGR'))).toEqual(
      [0, 1, 2, 3, 4].map((n) => `+CMGR=${n}`),
    );
  });

  it('reads once more what the line has damaged', async () => {
    const {
      inbox: box,
      safe,
      clock,
    } = inbox((command) => {
      if (command === '+CMGL=4') return ['+CMGL: 1,1,,26', kodPdu.slice(0, -3), ...record(2)];
      return command === '+CMGR=1' ? ['+CMGR: 1,,26', kodPdu] : undefined;
    });
    const swept = box.sweep();
    await clock.advance(1_000);
    expect(await swept).toBe(true);
    expect(safe.map(({ slot, pdu }) => [slot, pdu])).toEqual([
      [2, kodPdu],
      [1, kodPdu],
    ]);
  });

  it('tells of a card that is gone', async () => {
    const { inbox: box, clock } = inbox((command) => (command === '+CMGL=4' ? ['+CMS ERROR: 310'] : undefined));
    const swept = expect(box.sweep()).rejects.toMatchObject({ code: 'sim_missing' });
    await clock.advance(1_000);
    await swept;
  });

  it('does not have a slot emptied twice that was just read: the next message may lie there by then', async () => {
    const {
      inbox: box,
      modem,
      safe,
      clock,
    } = inbox((command) => {
      if (command === '+CMGL=4') return record(1);
      return command === '+CMGR=1' ? ['+CMGR: 0,,26', kodPdu] : undefined;
    });
    box.indicated({ memory: 'SM', index: 1 });
    const swept = box.sweep();
    await clock.advance(1_000);
    expect(await swept).toBe(true);
    expect(safe).toHaveLength(1);
    expect(modem.commands).toEqual(['+CMGR=1', '+CPMS?', '+CMGL=4', '+CMGD=1']);
  });

  it('is shared by all who ask while one runs', async () => {
    const { inbox: box, modem, clock } = inbox(() => undefined);
    const sweeps = [box.sweep(), box.sweep(), box.sweep(), box.sweep()];
    await clock.advance(1_000);
    expect(await Promise.all(sweeps)).toEqual([true, true, true, true]);
    expect(modem.commands.filter((command) => command === '+CPMS?')).toHaveLength(2);
  });

  it('looks into an empty memory the first time only: counts lag behind', async () => {
    const {
      inbox: box,
      modem,
      clock,
    } = inbox(
      (command) => {
        if (command === '+CPMS?') return ['+CPMS: "SM",0,20,"SM",0,20,"SM",0,20'];
        return command === '+CPMS="SR"' ? ['+CPMS: 0,100,0,20,0,20'] : undefined;
      },
      ['SR'],
    );
    for (let n = 0; n < 3; n += 1) {
      const swept = box.sweep();
      await clock.advance(1_000);
      expect(await swept).toBe(true);
    }
    expect(modem.commands.filter((command) => command === '+CMGL=4')).toHaveLength(2);
  });

  it('notices that the modem reads another memory than it was told to', async () => {
    const {
      inbox: box,
      troubles,
      clock,
    } = inbox((command) => (command === '+CPMS?' ? ['+CPMS: "ME",0,20'] : undefined));
    const swept = box.sweep();
    await clock.advance(1_000);
    await swept;
    expect(troubles).toEqual([expect.stringContaining('ME')]);
  });
});
