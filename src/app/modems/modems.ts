import { SimloftError } from '../../core/errors.ts';
import type { WireLine } from '../../core/live.ts';
import type { PortRemark, SeenPort } from '../../core/ports.ts';
import type { PointQuery, ReadingPoint } from '../../store/point-records.ts';
import type { LinkChange } from '../../store/link-records.ts';
import type { ModemRecord, Reading } from '../../store/records.ts';
import { mayUseModem, type Principal } from '../access/principal.ts';
import { askOf, knownModem, type ModemsOptions, type Wanted } from './ask.ts';
import { watchWire } from './watch-wire.ts';
import { askUssd, endUssd, type UssdAnswer, type UssdQuestion } from './ussd.ts';

export interface ShownModem {
  readonly record: ModemRecord;
  /** The newest of each key. */
  readonly readings: readonly Reading[];
}

/** What of the modems a caller can ask for and do with them. Each throws SimloftError `not_found` for one that the caller may not use. */
export interface Modems {
  list(principal: Principal): Promise<ShownModem[]>;
  one(modem: string, principal: Principal): Promise<ShownModem>;
  /** Signal, balance and technology over time, oldest first. */
  history(query: PointQuery, principal: Principal): Promise<ReadingPoint[]>;
  /** How its link went, newest first. */
  log(
    query: { readonly modem: string; readonly before?: number; readonly limit: number },
    principal: Principal,
  ): Promise<LinkChange[]>;
  /** @throws SimloftError as {@link askUssd} */
  ussd(wanted: Wanted, question: UssdQuestion): Promise<UssdAnswer>;
  endUssd(wanted: Wanted): Promise<void>;
  /** @throws SimloftError `modem_not_ready`, `no_worker` … */
  restart(wanted: Wanted): Promise<void>;
  /** Enters the PIN of its SIM card. @throws SimloftError `sim_pin_wrong`, `command_unsupported` when none is asked for, … */
  unlock(wanted: Wanted, pin: string): Promise<void>;
  /** The serial ports of the machine that it is to be found at. */
  ports(wanted: Wanted, ask: boolean): Promise<SeenPorts>;
  /** What is said to it and by it from now on, masked, until the signal. @throws SimloftError `no_worker` … before the first line */
  wire(wanted: Wanted): Promise<AsyncIterable<readonly WireLine[]>>;
  /** Lines of the answer, the result code last. @throws SimloftError `at_unsafe`, `at_timeout`, `command_unsupported` … */
  at(wanted: Wanted, command: { readonly line: string; readonly timeoutMs: number }): Promise<readonly string[]>;
}

export interface SeenPorts {
  readonly ports: readonly SeenPort[];
  readonly remarks: readonly PortRemark[];
}

export function createModems(options: ModemsOptions): Modems {
  const { store } = options;
  const shown = async (record: ModemRecord): Promise<ShownModem> => ({
    record,
    readings: await store.readings(record.modem),
  });
  return {
    async list(principal) {
      const records = (await store.modems()).filter(({ modem }) => mayUseModem(principal, modem));
      return Promise.all(records.map(shown));
    },
    one: async (modem, principal) => shown(await knownModem(store, modem, principal)),
    async history(query, principal) {
      await knownModem(store, query.modem, principal);
      return store.readingPoints(query);
    },
    async log(query, principal) {
      await knownModem(store, query.modem, principal);
      return store.linkChanges(query);
    },
    ussd: (wanted, question) => askUssd(options, wanted, question),
    endUssd: (wanted) => endUssd(options, wanted),
    async restart(wanted) {
      await askOf(options, wanted, { type: 'restart' });
    },
    async unlock(wanted, pin) {
      await askOf(options, wanted, { type: 'unlock', pin });
    },
    async ports(wanted, ask) {
      const value = await askOf(options, wanted, { type: 'list-ports', ask });
      if (value?.type !== 'ports') throw new SimloftError('internal', 'The worker answered something else than ports.');
      return value;
    },
    wire: (wanted) => watchWire(options, wanted),
    async at(wanted, { line, timeoutMs }) {
      const value = await askOf(options, wanted, { type: 'raw-at', line, timeoutMs });
      if (value?.type !== 'lines') throw new SimloftError('internal', 'The worker answered something else than lines.');
      return value.lines;
    },
  };
}
