import { SimloftError } from '../core/errors.ts';
import type { CallQuery, CallRecord } from '../store/records.ts';
import { mayReach, maySeeSender, mayUseModem, type Principal } from './access/principal.ts';
import { allowedOf } from './messages/sight.ts';
import { askOf, type ModemsOptions, type Wanted } from './modems/ask.ts';
import { readRecipient } from './recipient.ts';

export interface ShownCall extends CallRecord {
  readonly contact: string | null;
}

export interface CallQuestion extends Omit<CallQuery, 'callers' | 'modems'> {
  readonly caller?: string;
  readonly modem?: string;
}

export interface DialRequest extends Omit<Wanted, 'modem'> {
  /** The gateway's own by default. */
  readonly modem?: string;
  /** A number as a person writes it. */
  readonly to: string;
  /** How long to let it ring, ms. */
  readonly ringMs: number;
}

/** What of the calls a caller of the API can see and do. */
export interface CallsResource {
  list(question: CallQuestion, principal: Principal): Promise<ShownCall[]>;
  /** @throws SimloftError `not_found` */
  one(id: number, principal: Principal): Promise<ShownCall>;
  /** Lets a phone ring and hangs up; resolves when that is over. @throws SimloftError `number_invalid`, `not_found`; whatever the worker says. */
  dial(request: DialRequest): Promise<{ readonly to: string; readonly modem: string }>;
  /** Hangs up on who calls. @throws SimloftError `not_found`, `call_gone`; whatever the worker says. */
  reject(id: number, asker: Omit<Wanted, 'modem'>): Promise<void>;
}

/** A phone that rang longer than this without an end was forgotten by a worker that was killed, ms. */
const longestRingMs = 5 * 60_000;

export function createCallsResource(options: ModemsOptions): CallsResource {
  const { store, clock } = options;
  const shown = async (calls: readonly CallRecord[]): Promise<ShownCall[]> => {
    const names = await store.contactNames(calls.map(({ caller }) => caller));
    return calls.map((call) => ({ ...call, contact: names.get(call.caller.toLowerCase()) ?? null }));
  };
  const known = async (id: number, principal: Principal): Promise<CallRecord> => {
    const call = await store.callRow(id);
    if (call !== null && maySeeSender(principal, call.caller) && mayUseModem(principal, call.modem)) return call;
    throw new SimloftError('not_found', `There is no call ${id}.`);
  };
  return {
    async list({ caller, modem, ...rest }, principal) {
      const callers = allowedOf(principal.limits.senders, caller === undefined ? undefined : [caller]);
      const modems = allowedOf(principal.limits.modems, modem === undefined ? undefined : [modem]);
      const found = await store.calls({
        ...rest,
        ...(callers === undefined ? {} : { callers }),
        ...(modems === undefined ? {} : { modems }),
      });
      return shown(found);
    },
    async one(id, principal) {
      const [call] = await shown([await known(id, principal)]);
      if (call === undefined) throw new SimloftError('internal');
      return call;
    },
    async dial({ to, ringMs, modem = options.modem, principal, signal }) {
      const number = readRecipient(to);
      if (!mayReach(principal, number))
        throw new SimloftError('scope_missing', `"${principal.name}" may not call ${number}.`, { details: { to } });
      await askOf(options, { modem, principal, signal }, { type: 'dial', number, ringMs });
      return { to: number, modem };
    },
    async reject(id, asker) {
      const call = await known(id, asker.principal);
      if (call.outcome !== 'ringing' || clock.now() - call.startedAt > longestRingMs)
        throw new SimloftError('call_gone', `Call ${id} does not ring any more.`);
      await askOf(options, { ...asker, modem: call.modem }, { type: 'hang-up' });
    },
  };
}
