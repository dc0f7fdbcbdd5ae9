import { error, invalid, ok, type Answer } from '../answer.ts';
import type { CommandHandler, CommandTable, Machine } from '../machine.ts';
import { freshSettings } from '../settings.ts';

/** V.250 §6, and what only needs to be kept and told again. */
export const settingsCommands: CommandTable = {
  E: ({ text }, { settings }) => flag(text, (on) => (settings.echo = on)),
  V: ({ text }, { settings }) => flag(text, (on) => (settings.verbose = on)),
  Q: ({ text }, { settings }) => flag(text, (on) => (settings.quiet = on)),
  Z: (_, machine) => reset(machine),
  '&F': (_, machine) => reset(machine),
  '&C': () => ok(),
  '&D': () => ok(),
  '&W': () => ok(),
  L: () => ok(),
  M: () => ok(),
  X: () => ok(),
  S0: ({ form, text }, { settings, misuse }) => {
    if (form === 'read') return ok(settings.others.get('S0') ?? '000');
    if (Number(text) > 0) misuse.note('Calls are to be answered by themselves (S0).');
    settings.others.set('S0', text.padStart(3, '0'));
    return ok();
  },
  '+CMEE': ({ form, text }, { settings }) => {
    if (form === 'test') return ok('+CMEE: (0-2)');
    if (form === 'read') return ok(`+CMEE: ${settings.cmee}`);
    if (text !== '0' && text !== '1' && text !== '2') return error;
    settings.cmee = text === '0' ? 0 : text === '1' ? 1 : 2;
    return ok();
  },
  '+CSCS': ({ form, args: [name = ''] }, { settings }) => {
    if (form === 'test') return ok('+CSCS: ("IRA","GSM","UCS2")');
    if (form === 'read') return ok(`+CSCS: "${settings.cscs}"`);
    if (!['IRA', 'GSM', 'UCS2'].includes(name)) return invalid;
    settings.cscs = name;
    return ok();
  },
  '+CVHU': (request, machine) => {
    const answer = kept('+CVHU', '(0-1)')(request, machine);
    // This family tells the range, whatever it was asked.
    return machine.profile.zte && request.form === 'set' ? ok('+CVHU: (0-1)') : answer;
  },
  '+CTZU': kept('+CTZU', '(0,1)'),
  '+CTZR': kept('+CTZR', '(0,1)'),
  '+CMMS': kept('+CMMS', '(0-2)'),
};

function flag(text: string, set: (on: boolean) => void): Answer {
  if (text !== '' && text !== '0' && text !== '1') return error;
  set(text === '1');
  return ok();
}

/** Echo returns, as after power-up; the memories and indications that were chosen stay (V.250 §6.1.1 leaves them to the maker). */
function reset({ settings }: Machine): Answer {
  const { echo, verbose, quiet, cmee, cscs } = freshSettings(false);
  Object.assign(settings, { echo, verbose, quiet, cmee, cscs });
  return ok([], 'storage');
}

function kept(key: string, range: string): CommandHandler {
  return ({ form, text }, { settings }) => {
    if (form === 'test') return ok(`${key}: ${range}`);
    if (form === 'read') return ok(`${key}: ${settings.others.get(key) ?? '0'}`);
    if (!/^[012]$/.test(text)) return invalid;
    settings.others.set(key, text);
    return ok();
  };
}
