import type { SeenPorts } from '../../parts/port-list.tsx';
import { type Modem, textReading } from '../../parts/readings.ts';
import type { StepState } from './step.tsx';

export type StepName = 'stick' | 'port' | 'sim' | 'network' | 'test';

/** Reasons for ports that may be a modem's. */
const ofModem: ReadonlySet<string> = new Set(['at-port', 'maybe-at-port', 'data-port']);
/** In these states the modem has answered. */
const answering: ReadonlySet<string> = new Set(['identifying', 'initialising', 'ready']);

interface Situation {
  /** The modem that the gateway uses; null while it plays with its virtual one. */
  readonly modem: Modem | null;
  readonly seen: SeenPorts | undefined;
}

/** The port of a modem that was asked and answered, or that the gateway has; null while there is none. */
export const answeringPort = (seen: SeenPorts | undefined) =>
  seen?.ports.find(({ answers, in_use }) => in_use || answers === true) ?? null;

/** How far one has come. A step is `now` when all before it are done; what cannot go on without a person is `wrong`. */
export function progressOf({ modem, seen }: Situation): Readonly<Record<StepName, StepState>> {
  const simTrouble = modem?.reason?.code.startsWith('sim_') === true;
  const ready = modem?.state === 'ready';
  const answers = modem !== null && (simTrouble || answering.has(modem.state));
  const plugged = answers || (seen?.ports.some(({ reason }) => ofModem.has(reason)) ?? false);
  const online = ready && textReading(modem, 'operator') !== null;
  const portFound = answers || (modem === null && answeringPort(seen) !== null);
  const steps: readonly (readonly [StepName, done: boolean, wrong: boolean])[] = [
    ['stick', plugged, (seen?.remarks.length ?? 0) > 0],
    ['port', portFound, modem !== null && modem.reason !== null],
    ['sim', ready, simTrouble],
    ['network', online, false],
    ['test', false, false],
  ];
  const current = steps.findIndex(([, done]) => !done);
  const state = (index: number, done: boolean, wrong: boolean): StepState => {
    if (done) return 'done';
    if (index > current) return 'later';
    return wrong ? 'wrong' : 'now';
  };
  const [stick, port, sim, network, test] = steps.map(([, done, wrong], index) => state(index, done, wrong));
  return {
    stick: stick ?? 'later',
    port: port ?? 'later',
    sim: sim ?? 'later',
    network: network ?? 'later',
    test: test ?? 'later',
  };
}
