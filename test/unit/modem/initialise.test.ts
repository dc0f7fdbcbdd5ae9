import { describe, expect, it } from 'vitest';
import { genericProfile } from '../../../src/modem/families/generic.ts';
import { zteProfile } from '../../../src/modem/families/zte.ts';
import { chooseIndications } from '../../../src/modem/indications.ts';
import { prepareInbox, settingsHold, wakeUp } from '../../../src/modem/initialise.ts';
import { chooseMemories } from '../../../src/modem/memories.ts';
import { type Script, ScriptedModem } from '../../support/scripted-modem.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function modem(script: Script) {
  const clock = new VirtualClock();
  const scripted = new ScriptedModem(clock, script);
  return { clock, commands: scripted.commands, channel: scripted.channel, ask: { clock } };
}

const accepts =
  (...accepted: readonly string[]): Script =>
  (command) =>
    accepted.includes(command) ? [] : ['ERROR'];

describe('choosing the memories', () => {
  it.each(['+CPMS="SM","SM","SM"', '+CPMS="SM","SM",""', '+CPMS="SM","SM"', '+CPMS="SM"'])(
    'settles for %s',
    async (form) => {
      const { channel, ask } = modem(accepts(form));
      const plan = await chooseMemories(channel, ['SM', 'ME'], ask);
      expect(plan).toMatchObject({ home: 'SM', others: ['ME', 'SR'], choose: { text: `AT${form}` } });
    },
  );

  it('takes the next memory where the first is not offered', async () => {
    const { channel, ask } = modem((command) => (command === '+CPMS=?' ? ['+CPMS: ("ME","MT"),("ME"),("ME")'] : []));
    expect(await chooseMemories(channel, ['SM', 'ME'], ask)).toMatchObject({ home: 'ME', others: [] });
  });

  it('takes the next memory where the first is refused', async () => {
    const { channel, ask } = modem(accepts('+CPMS="ME","ME","ME"'));
    expect(await chooseMemories(channel, ['SM', 'ME'], ask)).toMatchObject({ home: 'ME' });
  });

  it('waits for a SIM that is busy', async () => {
    let asked = 0;
    const { channel, ask, clock } = modem((command) => {
      if (!command.startsWith('+CPMS="')) return [];
      asked += 1;
      return asked < 5 ? ['+CMS ERROR: 314'] : [];
    });
    const plan = chooseMemories(channel, ['SM'], ask);
    await clock.advance(10_000);
    expect(await plan).toMatchObject({ home: 'SM' });
  });

  it('gives up where nothing is accepted', async () => {
    const { channel, ask } = modem(() => ['ERROR']);
    await expect(chooseMemories(channel, ['SM', 'ME'], ask)).rejects.toMatchObject({ code: 'at_error' });
  });
});

describe('choosing the indications', () => {
  it('goes down the ladder of a modem that claims more than it takes', async () => {
    const { channel, ask, commands } = modem((command) => {
      if (command === '+CNMI=?') return ['+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)'];
      if (command === '+CNMI?') return ['+CNMI: 1,1,0,2,0'];
      return command === '+CNMI=1,1,0,2,0' ? [] : ['+CMS ERROR: 303'];
    });
    expect(await chooseIndications(channel, zteProfile.indications, ask)).toEqual([1, 1, 0, 2, 0]);
    expect(commands).toEqual(['+CNMI=?', '+CNMI=2,1,0,2,0', '+CNMI=1,1,0,2,0', '+CNMI?']);
  });

  it('does not believe an OK that changes nothing', async () => {
    const { channel, ask } = modem((command) => (command === '+CNMI?' ? ['+CNMI: 1,1,0,0,0'] : []));
    expect(await chooseIndications(channel, zteProfile.indications, ask)).toEqual([1, 1, 0, 0, 0]);
  });

  it('goes on beyond what the modem claims', async () => {
    const { channel, ask } = modem((command) => {
      if (command === '+CNMI=?') return ['+CNMI: (2),(1),(0),(2),(0)'];
      return command === '+CNMI=1,1' ? [] : ['ERROR'];
    });
    expect(await chooseIndications(channel, genericProfile.indications, ask)).toEqual([1, 1]);
  });

  it('lives without any', async () => {
    const { channel, ask } = modem(() => ['ERROR']);
    expect(await chooseIndications(channel, genericProfile.indications, ask)).toBeNull();
  });
});

describe('coming up', () => {
  it('turns the radio on only where it is off', async () => {
    const off = modem((command) => (command === '+CFUN?' ? ['+CFUN: 4'] : []));
    await wakeUp(off.channel, genericProfile, off.ask);
    expect(off.commands).toEqual(['+CMEE=1', '+CFUN?', '+CFUN=1']);
    const on = modem((command) => (command === '+CFUN?' ? ['+CFUN: 1'] : []));
    await wakeUp(on.channel, genericProfile, on.ask);
    expect(on.commands).not.toContain('+CFUN=1');
  });

  it('asks a ZTE stick for its memories first, and puts it on the air', async () => {
    const { channel, commands, ask } = modem((command) => (command === '+CFUN?' ? ['+CFUN: (0-7)'] : []));
    await wakeUp(channel, zteProfile, ask);
    expect(commands).toEqual(['+CMEE=1', '+CPMS?', '+CFUN?', '+ZOPRT=5']);
  });

  it('cannot do without PDU mode', async () => {
    const { channel, ask } = modem((command) => (command.startsWith('+CMGF') ? ['ERROR'] : []));
    const prepared = prepareInbox(channel, { profile: genericProfile, memory: 'auto' }, ask);
    await expect(prepared).rejects.toThrow(/PDU mode/);
  });

  it('keeps messages where the settings say', async () => {
    const { channel, ask } = modem(() => []);
    const { plan } = await prepareInbox(channel, { profile: genericProfile, memory: 'ME' }, ask);
    expect(plan.home).toBe('ME');
  });

  it.each([
    [['+CMGF: 0'], ['+CNMI: 2,1,0,2,0'], true],
    [['+CMGF: 1'], ['+CNMI: 2,1,0,2,0'], false],
    [['+CMGF: 0'], ['+CNMI: 0,0,0,0,0'], false],
    [['ERROR'], ['ERROR'], true],
  ])('sees from %j and %j whether its settings hold: %s', async (mode, told, holds) => {
    const { channel, ask } = modem((command) => (command === '+CMGF?' ? mode : told));
    const plan = { home: 'SM', others: [], choose: { text: 'AT', answer: [], timeoutMs: 1 } };
    expect(await settingsHold(channel, { plan, indications: [2, 1, 0, 2, 0] }, ask)).toBe(holds);
  });
});
