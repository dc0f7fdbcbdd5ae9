import { error, fail, invalid, ok } from '../answer.ts';
import type { CommandTable } from '../machine.ts';

/** The lock of the card, and power: TS 27.007 §8.2, §8.3. */
export const simCommands: CommandTable = {
  '+CPIN': ({ form, args: [code = '', newPin] }, machine) => {
    const { sim } = machine;
    if (form === 'test') return ok();
    if (form === 'read') {
      if (sim.state === 'NOT INSERTED') return fail({ cme: 10 });
      return sim.busy ? fail({ cme: 14 }) : ok(`+CPIN: ${sim.state}`);
    }
    if (form !== 'set' || !/^\d{4,8}$/.test(code)) return invalid;
    const refused = sim.enter(code, newPin ?? null);
    if (refused !== null) return fail(refused, 'sim');
    machine.unlocked();
    return ok([], 'sim');
  },
  '+ZPINPUK': ({ form }, { sim, profile }) =>
    profile.zte && form === 'test' ? ok(`+ZPINPUK: ${sim.pinTriesLeft},${sim.pukTriesLeft}`) : error,
  '+CPINR': ({ form }, { sim, profile }) =>
    profile.zte || form !== 'run'
      ? error
      : ok([`+CPINR: SIM PIN,${sim.pinTriesLeft}`, `+CPINR: SIM PUK,${sim.pukTriesLeft}`]),
  '+CFUN': ({ form, args: [level = '', restart] }, machine) => {
    if (form === 'test') return ok('+CFUN: (0,1,4),(0,1)');
    if (form === 'read') return ok(`+CFUN: ${machine.settings.cfun}`);
    if (!['0', '1', '4'].includes(level)) return invalid;
    if (restart === '1') return { ...ok([], 'sim'), afterwards: () => machine.restart() };
    machine.setFunctionality(Number(level));
    return ok([], 'sim');
  },
  '+ZOPRT': ({ form, text }, machine) => {
    if (!machine.profile.zte) return error;
    if (form === 'read') return ok(`+ZOPRT: ${machine.settings.cfun === 1 ? 5 : 6}`);
    if (text !== '5' && text !== '6') return invalid;
    machine.setFunctionality(text === '5' ? 1 : 4);
    return ok([], 'sim');
  },
};
