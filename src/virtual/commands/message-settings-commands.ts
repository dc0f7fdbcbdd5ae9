import { serviceCentreNumber } from '../address-pdu.ts';
import { fail, ok, type Answer } from '../answer.ts';
import type { MemoryName } from '../contract.ts';
import type { CommandTable, Machine } from '../machine.ts';
import { withSim } from './sim-gate.ts';

const returnLimitMs = 60_000;
const refused = (code = 303): Answer => fail({ cms: code });

/** How messages come and where they lie: TS 27.005 §3.2, §3.3.1, §3.4.1. */
export const messageSettingsCommands: CommandTable = {
  '+CMGF': ({ form, text }, { settings }) => {
    if (form === 'test') return ok('+CMGF: (0,1)');
    if (form === 'read') return ok(`+CMGF: ${settings.cmgf}`);
    if (text !== '0' && text !== '1') return refused();
    settings.cmgf = text === '1' ? 1 : 0;
    return ok();
  },
  '+CSMS': ({ form, text }, { settings }) => {
    if (form === 'test') return ok('+CSMS: (0,1)');
    if (form === 'read') return ok(`+CSMS: ${settings.csms},1,1,1`);
    if (text !== '0' && text !== '1') return refused();
    settings.csms = text === '1' ? 1 : 0;
    return ok('+CSMS: 1,1,1');
  },
  '+CSCA': withSim('cms', ({ form, args: [number = ''] }, { settings }) => {
    if (form === 'test') return ok();
    if (form === 'read') {
      const kept = settings.others.get('+CSCA') ?? serviceCentreNumber;
      return ok(`+CSCA: "${kept}",${kept.startsWith('+') ? 145 : 129}`);
    }
    settings.others.set('+CSCA', number);
    return ok([], 'storage');
  }),
  '+CSMP': ({ form }, { settings, profile }) => {
    if (form === 'test') return ok();
    // Qualcomm firmware forgets the service centre here.
    if (form === 'set' && profile.zte) settings.others.set('+CSCA', '');
    return form === 'read' ? ok('+CSMP: 17,167,0,0') : ok();
  },
  '+CPMS': withSim('cms', ({ form, args }, machine) => {
    if (form === 'test') return ok('+CPMS: ("SM","ME","SR"),("SM","ME"),("SM","ME")');
    machine.settings.storageNag = false;
    return form === 'read' ? ok(`+CPMS: ${memoryStates(machine)}`, 'storage') : chooseMemories(args, machine);
  }),
  '+CNMI': ({ form, text, args }, { settings, profile, refusedCnmi }) => {
    if (form === 'test') return ok(`+CNMI: ${profile.cnmiOffer}`);
    if (form === 'read') return ok(`+CNMI: ${settings.cnmi.join(',')}`);
    const plain = text.replaceAll(' ', '');
    const hits = (entry: string) => (entry.endsWith('*') ? plain.startsWith(entry.slice(0, -1)) : plain === entry);
    const [mode = 0, mt = settings.cnmi[1], bm = settings.cnmi[2], ds = settings.cnmi[3], bfr = settings.cnmi[4]] =
      args.map(Number);
    const inRange = mode <= 3 && mt <= 3 && (bm === 0 || bm === 2) && ds <= 2 && bfr <= 1;
    if (!/^\d(?:,\d){0,4}$/.test(plain) || !inRange || refusedCnmi.some(hits)) return refused();
    settings.cnmi = [mode, mt, bm, ds, bfr];
    return ok();
  },
  '+CNMA': ({ form }, { receiver }) => {
    if (form === 'test') return ok('+CNMA: (0-2)');
    return receiver.acknowledge() ? ok() : refused(340);
  },
};

function memoryStates({ settings, memories }: Machine): string {
  return settings.cpms.map((name) => `"${name}",${memories[name].used},${memories[name].capacity}`).join(',');
}

/** TS 27.005 §3.2.2: what is left out or empty stays as it was. */
function chooseMemories(names: readonly string[], machine: Machine): Answer {
  const { settings, memories } = machine;
  if (names.length > 3 || names[0] === '') return refused(302);
  const chosen = settings.cpms.map((kept, place) => memoryNamed(names[place] ?? '', kept));
  const [first = null, second = null, third = null] = chosen;
  if (first === null || second === null || third === null || second === 'SR' || third === 'SR') return refused(302);
  settings.cpms = [first, second, third];
  if (first === 'SR') watchReturn(machine);
  const counts = settings.cpms.map((name) => `${memories[name].used},${memories[name].capacity}`);
  return ok(`+CPMS: ${counts.join(',')}`, 'storage');
}

/** Whoever reads a report must go back to the messages: a program that forgets it reads no message any more. */
function watchReturn(machine: Machine): void {
  const chosen = machine.settings.cpms;
  machine.clock.after(returnLimitMs, () => {
    if (machine.attended && machine.settings.cpms === chosen)
      machine.misuse.note('AT+CPMS was left on the reports for a minute.');
  });
}

function memoryNamed(name: string, kept: MemoryName): MemoryName | null {
  if (name === '') return kept;
  return name === 'SM' || name === 'ME' || name === 'SR' ? name : null;
}
