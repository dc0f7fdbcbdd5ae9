import { at, atCommand } from '../at/commands.ts';
import type { AtLine } from '../at/channel.ts';
import { fieldsAfter, toInteger } from '../at/fields.ts';
import type { AtCommand } from '../at/command.ts';
import { SimloftError } from '../core/errors.ts';
import { ask, type AskOptions, tryAsk } from './ask.ts';
import type { Profile } from './families/profile.ts';
import { chooseIndications, type Indications } from './indications.ts';
import { chooseMemories, type MemoryPlan } from './memories.ts';
import { registrationDomains } from './registration.ts';
import type { ModemSettings } from './settings.ts';

type Line = Pick<AtLine, 'run'>;

/** Numeric errors and the radio: without them nothing that follows can be understood. Refusals are lived with. */
export async function wakeUp(line: Line, profile: Profile, options: AskOptions): Promise<void> {
  await tryAsk(line, at.cmee(1), options);
  await quieten(line, profile, options);
  const functionality = toInteger(
    fieldsAfter((await tryAsk(line, at.cfunRead(), options))?.lines ?? [], '+CFUN:')?.[0],
  );
  if (functionality !== null && functionality !== 1) await ask(line, at.cfun(1), options);
  for (const command of profile.radioOn) await tryAsk(line, atCommand(command), options);
}

/** Stops the family's noise; needed again after the PIN. */
export async function quieten(line: Line, profile: Profile, options: AskOptions): Promise<void> {
  for (const command of profile.quieting) await tryAsk(line, atCommand(command, { seconds: 30 }), options);
}

/** How messages come in. */
export interface InboxSettings {
  readonly plan: MemoryPlan;
  /** Null when the modem indicates nothing: only sweeps find what comes. */
  readonly indications: Indications | null;
}

/**
 * What receiving needs, and no more, so that the first sweep can begin: PDU mode, the memories, the indications.
 * @throws SimloftError `at_error` when the modem cannot do without a person or a reset.
 */
export async function prepareInbox(
  line: Line,
  { profile, memory }: { readonly profile: Profile; readonly memory: ModemSettings['memory'] },
  options: AskOptions,
): Promise<InboxSettings> {
  // Phase 2: the modem acknowledges to the network by itself (TS 27.005 §3.2.1).
  await tryAsk(line, at.csms(0), options);
  const pduMode = await ask(line, at.cmgf(0), options);
  if (!pduMode.ok) throw new SimloftError('at_error', `The modem refuses PDU mode (AT+CMGF=0): ${pduMode.error.text}.`);
  const wanted = memory === 'auto' ? profile.memories : [memory, ...profile.memories.filter((name) => name !== memory)];
  const plan = await chooseMemories(line, wanted, options);
  return { plan, indications: await chooseIndications(line, profile.indications, options) };
}

/** What makes the rest work: each of them may be missing. The first of a row that is accepted is enough. */
function comforts(profile: Profile): readonly (readonly AtCommand[])[] {
  return [
    ...registrationDomains.map((domain) => [at.registrationMode(domain, 2), at.registrationMode(domain, 1)]),
    [at.clip(1)],
    [at.crc(1)],
    // ATH hangs up voice calls too (TS 27.007 §6.20).
    [at.cvhu(0)],
    // Nobody is called back or answered by a modem that picks up by itself (V.250 §6.3.8).
    [atCommand('S0=0')],
    [at.cscs(profile.charset)],
    [at.copsFormat(0)],
    [at.cusdMode(1)],
    // The wires of the port mean nothing: closing it must not hang up or reset (V.250 §6.2.8 and §6.2.9).
    [atCommand('&D0')],
    [atCommand('&C0')],
  ];
}

/** Calls, names, registration, USSD: a gateway works without them, so nothing here can fail. */
export async function addComforts(line: Line, profile: Profile, options: AskOptions): Promise<void> {
  for (const choices of comforts(profile)) {
    for (const command of choices) if ((await tryAsk(line, command, options)) !== null) break;
  }
}

/** Whether PDU mode and the indications are still as they were set; some firmware forgets them. Unanswered questions count as yes. */
export async function settingsHold(line: Line, { indications }: InboxSettings, options: AskOptions): Promise<boolean> {
  const mode = await tryAsk(line, atCommand('+CMGF?'), options);
  if (toInteger(fieldsAfter(mode?.lines ?? [], '+CMGF:')?.[0]) === 1) return false;
  if (indications === null) return true;
  const told = fieldsAfter((await tryAsk(line, at.cnmiRead(), options))?.lines ?? [], '+CNMI:');
  return (
    told === null ||
    told.every((field, index) => indications[index] === undefined || toInteger(field) === indications[index])
  );
}
