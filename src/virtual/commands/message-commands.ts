import { fail, ok, type Answer } from '../answer.ts';
import type { StoredMessage } from '../contract.ts';
import type { CommandTable, Machine } from '../machine.ts';
import { tpduLengthOf } from '../octets.ts';
import { withSim } from './sim-gate.ts';

/** Stored messages: TS 27.005 §3.4.2, §3.4.3, §3.5.4, in PDU mode. */
export const messageCommands: CommandTable = {
  '+CMGL': withSim('cms', ({ form, text }, machine) => {
    if (form === 'test') return ok('+CMGL: (0-4)');
    if (machine.settings.cmgf === 1) return textMode;
    const wanted = text === '' ? '0' : text;
    if (!/^[0-4]$/.test(wanted)) return fail({ cms: 302 });
    const memory = memoryOf(machine);
    const found = memory.list().filter(({ status }) => wanted === '4' || String(status) === wanted);
    for (const { index } of found) memory.show(index);
    const header = (message: StoredMessage) =>
      `+CMGL: ${message.index},${statusOf(message, machine)},,${tpduLengthOf(message.pdu)}`;
    return ok(
      found.map((message) => `${header(message)}\r\n${message.pdu}`),
      'listing',
    );
  }),
  '+CMGR': withSim('cms', ({ form, text }, machine) => {
    if (form === 'test') return ok();
    if (machine.settings.cmgf === 1) return textMode;
    const message = memoryOf(machine).show(Number(text));
    if (message === null) return machine.profile.zte ? fail({ cms: 321 }, 'storage') : ok([], 'storage');
    return ok(`+CMGR: ${statusOf(message, machine)},,${tpduLengthOf(message.pdu)}\r\n${message.pdu}`, 'storage');
  }),
  '+CMGD': withSim('cms', ({ form, text, args: [index = '', flag = '0'] }, machine) => {
    const memory = memoryOf(machine);
    if (form === 'test') {
      const indices = memory.list().map((message) => message.index);
      return ok(`+CMGD: (${indices.join(',')}),(0-4)`);
    }
    if (!/^\d+(?:,[0-4])?$/.test(text)) return fail({ cms: 321 });
    return flag === '0' ? deleteOne(Number(index), machine) : deleteMany(Number(flag), machine);
  }),
};

/** The rest of the world uses PDU mode; so does whatever tests with this modem. */
const textMode: Answer = fail({ cms: 303 });

const memoryOf = ({ memories, settings }: Machine) => memories[settings.cpms[0]];

/** The firmware of this family has no status for what lies in the memory of status reports. */
function statusOf({ status }: StoredMessage, { settings, profile }: Machine): string {
  return settings.cpms[0] === 'SR' && profile.zte ? '' : String(status);
}

function deleteOne(index: number, machine: Machine): Answer {
  if (machine.failingDeletions > 0) {
    machine.failingDeletions -= 1;
    return fail({ cms: 320 }, 'storage');
  }
  const memory = memoryOf(machine);
  const result = memory.delete(index);
  if (result === 'empty') return machine.profile.zte ? fail({ cms: 321 }, 'storage') : ok([], 'storage');
  if (result === 'unseen') machine.misuse.note(`A message in ${memory.name} was deleted that nobody had read.`);
  return { ...ok([], 'storage'), afterwards: () => roomAgain(machine) };
}

/** Flag 1: what was read; 2: and what was sent; 3: and drafts; 4: everything. */
function deleteMany(flag: number, machine: Machine): Answer {
  const memory = memoryOf(machine);
  if (flag === 4) machine.misuse.note('AT+CMGD with flag 4 deletes what nobody has read.');
  for (const { index, status } of memory.list()) {
    const goes = flag === 4 || status === 1 || (flag >= 2 && status === 3) || (flag === 3 && status === 2);
    if (goes) memory.delete(index);
  }
  return { ...ok([], 'listing'), afterwards: () => roomAgain(machine) };
}

/** RP-SMMA, TS 24.011 §7.3.2: the modem tells the network that there is room. */
function roomAgain({ serviceCentre, clock, profile, random }: Machine): void {
  const [from, to] = profile.deliveryGapMs;
  const ms = from + random.next() * (to - from);
  const retry = () => {
    serviceCentre.messages.retry();
    serviceCentre.reports.retry();
  };
  if (ms <= 0) retry();
  else clock.after(ms, retry);
}
