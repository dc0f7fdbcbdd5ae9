import { fail, ok, type Answer, type Pending, type Reply } from '../answer.ts';
import type { NetworkFailure, Submitted } from '../contract.ts';
import type { CommandTable, Machine } from '../machine.ts';
import { octetsOfHex, tpduLengthOf } from '../octets.ts';
import { readSubmit, type Submit, SubmitFault } from '../submit-pdu.ts';
import { withSim } from './sim-gate.ts';

/** The network may be silent for minutes before a modem gives up: TS 24.011 §10.2, times the attempts. */
const patienceMs = 170_000;

/** TS 27.005 §4.3: length, prompt, PDU, Ctrl-Z, `+CMGS`. */
export const sendingCommands: CommandTable = {
  '+CMGS': withSim('cms', ({ form, text }, machine) => {
    if (form === 'test') return ok();
    if (machine.settings.cmgf === 1 || !/^\d{1,3}$/.test(text))
      return fail({ cms: machine.settings.cmgf === 1 ? 303 : 304 });
    return { kind: 'prompt', enter: (typed) => send(typed, Number(text), machine) };
  }),
  '+CMGW': withSim('cms', ({ form, args: [length = '', status = '2'] }, machine) => {
    if (form === 'test') return ok();
    if (machine.settings.cmgf === 1 || !/^\d{1,3}$/.test(length)) return fail({ cms: 304 });
    return { kind: 'prompt', enter: (typed) => keep(typed, { length: Number(length), status }, machine) };
  }),
};

function send(typed: string, length: number, machine: Machine): Reply {
  const pdu = checked(typed, length, machine);
  if (pdu === null) return fail({ cms: 304 });
  const submit = readSubmit(octetsOfHex(pdu) ?? new Uint8Array());
  if (submit instanceof SubmitFault) {
    machine.misuse.note(`The SUBMIT is wrong: ${submit.reason}.`);
    return fail({ cms: 304 });
  }
  if (machine.registration !== 1 && machine.registration !== 5) return fail({ cms: 331 });
  if (pdu.startsWith('00') && machine.settings.others.get('+CSCA') === '') return fail({ cms: 330 });
  return onItsWay(pdu, submit, machine);
}

/** What stands before Ctrl-Z must be hex of the promised length; @returns it in upper case, null when it is not. */
function checked(typed: string, length: number, { misuse }: Machine): string | null {
  const octets = octetsOfHex(typed);
  if (octets === null || octets.length === 0) misuse.note('What was typed at the prompt is not hex.');
  else if (tpduLengthOf(typed) !== length)
    misuse.note(`AT+CMGS promised ${length} octets, ${tpduLengthOf(typed)} came.`);
  else return typed.toUpperCase();
  return null;
}

/** Half of the time passes before the network has it, half before the modem says so. */
function onItsWay(pdu: string, submit: Submit, machine: Machine): Pending {
  const { serviceCentre, clock, noise } = machine;
  const messageReference = machine.nextMessageReference();
  const failure = serviceCentre.takeFailure();
  const lost = failure === null && serviceCentre.takeLostAnswer();
  const total = failure?.afterMs ?? machine.latency('submit');
  return {
    kind: 'pending',
    what: 'AT+CMGS',
    patienceMs,
    begin: (settle) => {
      const { powerCycle } = machine;
      const arrive = () => {
        if (machine.powerCycle !== powerCycle) return;
        if (failure === null || failure.sentAnyway === true)
          serviceCentre.take(submittedOf(pdu, submit, { messageReference, at: clock.now() }));
        if (noise.on && machine.random.below(4) === 0) machine.indicate(noise.line());
      };
      const end = () => {
        if (!lost) settle(failure === null ? ok(`+CMGS: ${messageReference}`, 'submit') : failed(failure));
      };
      if (total <= 0) {
        arrive();
        end();
      } else {
        clock.after(total / 2, arrive);
        clock.after(total, end);
      }
      // V.250 §5.6.1 ends at the antenna: what is on the air stays there, whoever interrupts.
      return () => {};
    },
  };
}

function failed({ code }: NetworkFailure): Answer {
  if (code === 'nothing') return ok([], 'submit');
  return fail(code === 'ERROR' ? 'ERROR' : { cms: code }, 'submit');
}

function submittedOf(
  pdu: string,
  submit: Submit,
  told: { readonly messageReference: number; readonly at: number },
): Submitted {
  const { concat, ...rest } = submit;
  const part = concat === null ? {} : { part: concat.number, parts: concat.total, reference: concat.reference };
  return { ...rest, ...part, ...told, pdu };
}

function keep(
  typed: string,
  { length, status }: { readonly length: number; readonly status: string },
  machine: Machine,
): Reply {
  const pdu = checked(typed, length, machine);
  if (pdu === null) return fail({ cms: 304 });
  const kept = status === '0' ? 0 : status === '1' ? 1 : status === '3' ? 3 : 2;
  const index = machine.memories[machine.settings.cpms[1]].store(pdu, kept);
  return index === null ? fail({ cms: 322 }, 'storage') : ok(`+CMGW: ${index}`, 'storage');
}
