import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';
import { ControlFields, isRecord, present, required } from './control-fields.ts';
import { controlFaults, readFault } from './control-faults.ts';
import { deliverRequest, ringRequest, ussdReply } from './control-network.ts';
import type { VirtualModem } from './virtual-modem.ts';

type Answer = Readonly<Record<string, unknown>>;
/** Done only when the whole request has been understood. */
type Action = (modem: VirtualModem) => unknown;

interface ControlRequest {
  readonly example: string;
  readonly read: (fields: ControlFields) => Action;
}

/** Everything that can be asked of a served modem, with an example of each. */
const requests: Readonly<Record<string, ControlRequest>> = {
  help: {
    example: '{"do":"help"}',
    read: () => () => ({ requests: Object.values(requests).map(({ example }) => example), faults: controlFaults }),
  },
  sms: {
    example: '{"do":"sms","from":"+79161234567","text":"Hello","flash":false,"order":[2,1,1]}',
    read: (fields) => {
      const request = deliverRequest(fields);
      return ({ network }) => network.deliver(request);
    },
  },
  pdu: {
    example: '{"do":"pdu","hex":"07919761989901F0040B919761214365F700005210122143632108CB37191493CD68"}',
    read: (fields) => {
      const hex = required('hex', fields.text('hex'));
      return ({ network }) => network.deliverPdu(hex);
    },
  },
  call: {
    example: '{"do":"call","from":"+78310001122","rings":3,"intervalMs":5000}',
    read: (fields) => {
      const request = ringRequest(fields);
      return ({ network }) => network.ring(request);
    },
  },
  hangup: {
    example: '{"do":"hangup"}',
    read:
      () =>
      ({ network }) =>
        network.hangUp(),
  },
  calls: {
    example: '{"do":"calls"}',
    read:
      () =>
      ({ network }) => ({ calls: network.calls, ringing: network.ringing }),
  },
  submitted: {
    example: '{"do":"submitted"}',
    read:
      () =>
      ({ network }) => ({ submitted: network.submitted }),
  },
  storage: {
    example: '{"do":"storage"}',
    read: () => (modem) => ({
      ...modem.snapshot().memories,
      pending: modem.network.pending,
      delivered: modem.network.delivered,
    }),
  },
  report: {
    example: '{"do":"report","messageReference":17,"status":0}',
    read: (fields) => {
      const reference = required('messageReference', fields.number('messageReference'));
      const status = fields.number('status') ?? 0;
      return ({ network }) => network.report(reference, status);
    },
  },
  reports: {
    example: '{"do":"reports","delayMs":2000,"statuses":[48,0]}',
    read: (fields) => {
      const plan = present({ delayMs: fields.number('delayMs'), statuses: fields.numbers('statuses') });
      return ({ network }) => network.setReports(plan);
    },
  },
  fail: {
    example: '{"do":"fail","code":38,"times":1,"sentAnyway":false,"afterMs":1000}',
    read: (fields) => {
      const code = required('code', fields.numberOr('code', ['ERROR', 'nothing']));
      const rest = present({
        times: fields.number('times'),
        sentAnyway: fields.flag('sentAnyway'),
        afterMs: fields.number('afterMs'),
      });
      return ({ network }) => network.failNext({ code, ...rest });
    },
  },
  'lose-answer': {
    example: '{"do":"lose-answer"}',
    read:
      () =>
      ({ network }) =>
        network.loseNextAnswer(),
  },
  'lose-ack': {
    example: '{"do":"lose-ack"}',
    read:
      () =>
      ({ network }) =>
        network.loseNextAck(),
  },
  ussd: {
    example: '{"do":"ussd","code":"*100#","text":"Balance: 5.00","status":0,"delayMs":1000}',
    read: (fields) => {
      const code = required('code', fields.text('code'));
      const reply = ussdReply(fields);
      return ({ network }) => network.setUssd(code, reply);
    },
  },
  'push-ussd': {
    example: '{"do":"push-ussd","text":"Hello from the network"}',
    read: (fields) => {
      const reply = ussdReply(fields);
      return ({ network }) => network.pushUssd(reply);
    },
  },
  dial: {
    example: '{"do":"dial","outcome":"busy"}',
    read: (fields) => {
      const outcome = required('outcome', fields.choice('outcome', ['rings', 'answers', 'busy', 'no-carrier']));
      return ({ network }) => network.setDialOutcome(outcome);
    },
  },
  signal: {
    example: '{"do":"signal","rssi":18}',
    read: (fields) => {
      const rssi = required('rssi', fields.number('rssi'));
      return ({ network }) => network.setSignal(rssi);
    },
  },
  registration: {
    example: '{"do":"registration","stat":1}',
    read: (fields) => {
      const stat = required('stat', fields.number('stat'));
      return ({ network }) => network.setRegistration(stat);
    },
  },
  operator: {
    example: '{"do":"operator","name":"MTS RUS","mccMnc":"25001"}',
    read: (fields) => {
      const operator = {
        name: required('name', fields.text('name')),
        mccMnc: required('mccMnc', fields.text('mccMnc')),
      };
      return ({ network }) => network.setOperator(operator);
    },
  },
  technology: {
    example: '{"do":"technology","technology":"EDGE"}',
    read: (fields) => {
      const technology = required('technology', fields.text('technology'));
      return ({ network }) => network.setTechnology(technology);
    },
  },
  fault: {
    example: '{"do":"fault","name":"silence","on":true}',
    read: (fields) => {
      const inject = readFault(fields);
      return ({ faults }) => inject(faults);
    },
  },
  sim: {
    example: '{"do":"sim","card":"out"}',
    read: (fields) => {
      const card = required('card', fields.choice('card', ['in', 'out']));
      return ({ sim }) => (card === 'in' ? sim.insert() : sim.remove());
    },
  },
  state: {
    example: '{"do":"state"}',
    read:
      () =>
      ({ sim, network, faults, plugged, misuse }) => ({
        plugged,
        silent: faults.silent,
        registration: network.registration,
        sim: {
          state: sim.state,
          pinTriesLeft: sim.pinTriesLeft,
          wrongPins: sim.wrongPins,
          iccid: sim.iccid,
          imsi: sim.imsi,
        },
        ringing: network.ringing,
        pending: network.pending,
        submitted: network.submitted.length,
        misuse: misuse.length,
      }),
  },
  misuse: {
    example: '{"do":"misuse"}',
    read:
      () =>
      ({ misuse }) => ({ misuse }),
  },
  snapshot: { example: '{"do":"snapshot"}', read: () => (modem) => ({ snapshot: modem.snapshot() }) },
};

/** Does what one line asks for. @throws SimloftError `request_invalid` with what is wrong and, where it can be guessed, what was meant. */
export function runControlRequest(line: string, modem: VirtualModem): Answer {
  const given = parsed(line);
  const name = typeof given['do'] === 'string' ? given['do'] : '';
  const request = Object.hasOwn(requests, name) ? requests[name] : undefined;
  if (request === undefined) {
    const meant = closest(name, Object.keys(requests));
    const hint = meant === null ? 'Try {"do":"help"}.' : `Is "${meant}" meant?`;
    throw new SimloftError('request_invalid', `There is no request "${name}". ${hint}`);
  }
  const fields = new ControlFields(given);
  const act = request.read(fields);
  fields.finish();
  const answer = act(modem);
  return isRecord(answer) ? answer : {};
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new SimloftError('request_invalid', 'A request is one JSON object on one line, for example {"do":"help"}.', {
      cause,
    });
  }
  if (!isRecord(value))
    throw new SimloftError('request_invalid', 'A request is a JSON object, for example {"do":"help"}.');
  return value;
}
