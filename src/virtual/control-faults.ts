import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';
import type { MemoryName, VirtualFaults } from './contract.ts';
import { type ControlFields, required } from './control-fields.ts';
import { octetsOfHex } from './octets.ts';

const memoryNames: readonly MemoryName[] = ['SM', 'ME', 'SR'];

type Inject = (faults: VirtualFaults) => void;

const readers: Readonly<Record<string, (fields: ControlFields) => Inject>> = {
  unplug: () => (faults) => faults.unplug(),
  replug: () => (faults) => faults.replug(),
  silence: withFlag((on) => (faults) => faults.silence(on)),
  hangWithNoise: withFlag((on) => (faults) => faults.hangWithNoise(on)),
  reboot: () => (faults) => faults.reboot(),
  garbage: (fields) => {
    const bytes = octetsOfHex(required('hex', fields.text('hex')));
    if (bytes === null) throw new SimloftError('request_invalid', '"hex" must be an even number of hex digits.');
    return (faults) => faults.garbage(bytes);
  },
  fill: (fields) => {
    const memory = fields.choice('memory', memoryNames) ?? 'SM';
    return (faults) => faults.fill(memory);
  },
  dropNextCmti: () => (faults) => faults.dropNextCmti(),
  lateFinal: withNumber('ms', (ms) => (faults) => faults.lateFinal(ms)),
  stuckPrompt: () => (faults) => faults.stuckPrompt(),
  simBusy: withNumber('ms', (ms) => (faults) => faults.simBusy(ms)),
  failDeletions: withNumber('count', (count) => (faults) => faults.failDeletions(count)),
  loseInput: withNumber('bytes', (bytes) => (faults) => faults.loseInput(bytes)),
  glueNextIndication: () => (faults) => faults.glueNextIndication(),
  doubleNextOk: () => (faults) => faults.doubleNextOk(),
  forgetCnmi: () => (faults) => faults.forgetCnmi(),
};

export const controlFaults: readonly string[] = Object.keys(readers);

/** @throws SimloftError `request_invalid` */
export function readFault(fields: ControlFields): Inject {
  const name = required('name', fields.text('name'));
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined) {
    const meant = closest(name, controlFaults);
    const hint = meant === null ? `There are: ${controlFaults.join(', ')}.` : `Is "${meant}" meant?`;
    throw new SimloftError('request_invalid', `There is no fault "${name}". ${hint}`);
  }
  return read(fields);
}

function withFlag(make: (on: boolean) => Inject): (fields: ControlFields) => Inject {
  return (fields) => make(fields.flag('on') ?? true);
}

function withNumber(field: string, make: (value: number) => Inject): (fields: ControlFields) => Inject {
  return (fields) => make(required(field, fields.number(field)));
}
