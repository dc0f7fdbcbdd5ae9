import type { ModemCommand } from '../core/commands.ts';
import { errorTable } from '../core/errors.ts';
import type { ModemEvent, PduReceived, SendFailure } from '../core/events.ts';
import type { LinkState } from '../core/modem-status.ts';
import { createKnownValues, otherValue } from './known-values.ts';

/** The values that labels may take. Types do not hold what comes over a broker or out of a store, so each is looked up. */
export interface Labels {
  modem(name: string): string;
  queue(name: string): string;
  /** The code of the modem for a part that failed: `CMS-38`; `none` where there was none. */
  failure(failure: Pick<SendFailure, 'source' | 'code'>): string;
  eventType(type: string): string;
  commandType(type: string): string;
  linkState(state: string): string;
  errorCode(code: string): string;
  found(found: string): string;
  currency(code: string | null): string;
  httpMethod(method: string): string;
}

const oneOf = (values: readonly string[]) => {
  const allowed = new Set(values);
  return (value: string) => (allowed.has(value) ? value : otherValue);
};

const keysOf = (record: Readonly<Record<string, unknown>>) => oneOf(Object.keys(record));

/* Records instead of lists, so that a new event or state is not forgotten here. */

const eventTypes: Readonly<Record<ModemEvent['type'], true>> = {
  'worker.started': true,
  'link.changed': true,
  'pdu.received': true,
  'sweep.finished': true,
  'part.sending': true,
  'part.sent': true,
  'part.failed': true,
  'part.unknown': true,
  'call.ringing': true,
  'call.ended': true,
  'ussd.received': true,
  'status.read': true,
};

const commandTypes: Readonly<Record<ModemCommand['type'], true>> = {
  send: true,
  ussd: true,
  'ussd.cancel': true,
  dial: true,
  'hang-up': true,
  'read-status': true,
  sweep: true,
  restart: true,
  'raw-at': true,
  unlock: true,
  'list-ports': true,
  trace: true,
};

const linkStateTable: Readonly<Record<LinkState, true>> = {
  closed: true,
  opening: true,
  synchronising: true,
  identifying: true,
  initialising: true,
  ready: true,
  failed: true,
};

/** All states of a link, as labels. */
export const linkStates: readonly string[] = Object.keys(linkStateTable);

const ways: Readonly<Record<PduReceived['found'], true>> = { indicated: true, sweep: true, initial: true };

/** ISO 4217, what operators of the countries around are paid in. */
const currencies = ['RUB', 'KZT', 'KGS', 'UZS', 'UAH', 'BYN', 'EUR', 'USD', 'GBP', 'PLN', 'CZK'];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The closed sets of one process; those that are closed by their number fill up as it runs. */
export function createLabels(): Labels {
  const failureCode = createKnownValues({ pattern: /^(?:CMS|CME)-\d{1,4}$/, most: 100 });
  const currency = oneOf(currencies);
  return {
    modem: createKnownValues({ pattern: /^[\w-]{1,40}$/, most: 64 }),
    queue: createKnownValues({ pattern: /^[a-z][\w.-]{0,99}$/i, most: 100 }),
    failure({ source, code }) {
      if (source === 'none' || source === 'ERROR') return source;
      return code === null ? otherValue : failureCode(`${source}-${code}`);
    },
    eventType: keysOf(eventTypes),
    commandType: keysOf(commandTypes),
    linkState: keysOf(linkStateTable),
    errorCode: keysOf(errorTable),
    found: keysOf(ways),
    currency: (code) => (code === null ? 'none' : currency(code)),
    httpMethod: oneOf(methods),
  };
}
