import { error, fail, invalid, ok, type Answer } from '../answer.ts';
import type { Request } from '../command-line.ts';
import type { CommandHandler, CommandTable, Machine } from '../machine.ts';
import { withSim } from './sim-gate.ts';

/** Registration, operator, signal, clock: TS 27.007 §7, §8. */
export const networkCommands: CommandTable = {
  '+CREG': registration('+CREG', 'creg'),
  '+CGREG': registration('+CGREG', 'cgreg'),
  '+CEREG': () => error,
  '+COPS': withSim('cme', operator),
  '+CSQ': ({ form }, { air, registration: stat }) => {
    if (form === 'test') return ok('+CSQ: (0-31,99),(0-7,99)');
    return form === 'run' ? ok(`+CSQ: ${stat === 0 ? 99 : air.signal},99`) : error;
  },
  '+CGATT': ({ form }) => (form === 'read' ? ok('+CGATT: 1') : ok()),
  '+CCLK': ({ form }, { clock }) => (form === 'read' ? ok(`+CCLK: "${clockText(clock.now())}"`) : ok()),
  '+ZPAS': ({ form }, { profile, air, registration: stat }) => {
    if (!profile.zte || form !== 'read') return error;
    if (stat !== 1 && stat !== 5) return ok('+ZPAS: "No Service","PS_ONLY"');
    return ok(`+ZPAS: "${air.technology}","CS_PS"`);
  },
  '+ZSNT': ({ form, text }, { profile, settings }) => {
    if (!profile.zte) return error;
    if (form === 'read') return ok(`+ZSNT: ${settings.others.get('+ZSNT') ?? '0,0,0'}`);
    if (!/^[0126],[012],[012]$/.test(text)) return invalid;
    settings.others.set('+ZSNT', text);
    return ok();
  },
  '+ZDON': ({ form }, { profile, air }) => {
    const { name, mccMnc } = air.operator;
    return profile.zte && form === 'read'
      ? ok(`+ZDON: "${name}",${mccMnc.slice(0, 3)},${mccMnc.slice(3)},"ROAM_OFF"`)
      : error;
  },
  '+ZSEC': ({ form }, { profile }) => (profile.zte && form === 'read' ? ok('+ZSEC: 2,0') : error),
};

/** Where it is, as `+CREG` has it from n=2 on; quotes are what families disagree on. */
export function cellFields({ air, profile }: Machine): string {
  return profile.quotedCells
    ? `,"${air.location}","${air.cell}",${air.accessTechnology}`
    : `,${air.location},${air.cell}`;
}

function registration(key: '+CREG' | '+CGREG', setting: 'creg' | 'cgreg'): CommandHandler {
  return ({ form, text }, machine) => {
    const { settings, registration: stat } = machine;
    if (form === 'test') return ok(`${key}: (0-2)`);
    if (form === 'read')
      return ok(
        `${key}: ${settings[setting]},${stat}${settings[setting] === 2 && stat !== 0 ? cellFields(machine) : ''}`,
      );
    if (text !== '0' && text !== '1' && text !== '2') return invalid;
    settings[setting] = text === '0' ? 0 : text === '1' ? 1 : 2;
    return ok();
  };
}

function operator({ form, args: [mode, format] }: Request, machine: Machine): Answer {
  const { settings, air, misuse } = machine;
  if (form === 'test') {
    misuse.note('AT+COPS=? was sent: it blocks the port for a minute.');
    return ok(
      `+COPS: (2,"${air.operator.name}","${air.operator.name}","${air.operator.mccMnc}",0),,(0-4),(0-2)`,
      'scan',
    );
  }
  if (form === 'read') {
    if (machine.registration !== 1 && machine.registration !== 5) return ok('+COPS: 0');
    const name = settings.copsFormat === 2 ? air.operator.mccMnc : air.operator.name;
    return ok(`+COPS: 0,${settings.copsFormat},"${name}",${air.accessTechnology}`);
  }
  if (mode === '3') {
    if (format !== '0' && format !== '1' && format !== '2') return invalid;
    settings.copsFormat = format === '0' ? 0 : format === '1' ? 1 : 2;
    return ok();
  }
  return mode === '0' ? ok([], 'sim') : fail({ cme: 4 });
}

/** TS 27.007 §8.15: local time, and the zone in quarters of an hour. */
function clockText(epochMs: number): string {
  const [date = '', time = ''] = new Date(epochMs + 3 * 3_600_000).toISOString().slice(2, 19).split('T');
  return `${date.replaceAll('-', '/')},${time}+12`;
}
