import { fail, invalid, ok, type Answer } from '../answer.ts';
import type { CommandTable, Machine } from '../machine.ts';
import { ussdRequestText } from '../ussd-coding.ts';
import { withSim } from './sim-gate.ts';

/** TS 27.007 §7.15. */
export const ussdCommands: CommandTable = {
  '+CUSD': withSim('cme', ({ form, args: [mode, typed] }, machine) => {
    const { settings, ussd, profile } = machine;
    if (form === 'test') return ok('+CUSD: (0-2)');
    if (form === 'read') return ok(`+CUSD: ${settings.cusd ? 1 : 0}`);
    if (mode === '2') return ussd.cancel() || !profile.strictUssdCancel ? ok([], 'ussd') : fail({ cme: 3 });
    if (mode !== '0' && mode !== '1') return invalid;
    settings.cusd = mode === '1';
    return typed === undefined ? ok() : request(typed, machine);
  }),
};

function request(typed: string, machine: Machine): Answer {
  const { ussd, settings, profile, registration } = machine;
  if (registration !== 1 && registration !== 5) return fail({ cme: 30 });
  const text = ussdRequestText(typed, { characterSet: settings.cscs, plainOnly: profile.zte });
  if (text === null) return { ...ok([], 'ussd'), afterwards: () => machine.indicate('+CUSD: 2') };
  const reply = ussd.find(text);
  if (reply === null) return fail({ cme: 258 });
  if (reply.beforeOk !== true) return { ...ok([], 'ussd'), afterwards: () => ussd.answer(reply) };
  ussd.answer(reply);
  return ok([], 'ussd');
}
