import type { ProfileName } from './contract.ts';

/** From–to in ms; what comes out is drawn evenly. */
export type Range = readonly [number, number];

/** What kind of work a command is, which decides how long it takes. */
export type Work = 'quick' | 'storage' | 'listing' | 'sim' | 'prompt' | 'submit' | 'ussd' | 'scan';

/** What differs between families of modems, as data. */
export interface Profile {
  readonly name: ProfileName;
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  readonly latency: Readonly<Record<Work, Range>>;
  /** Between two parts that the service centre delivers. */
  readonly deliveryGapMs: Range;
  /** From power-up until the SIM can be read, and until the network is found. */
  readonly simReadyMs: number;
  readonly registeredMs: number;
  /** The service centre tries again after an acknowledgement that never came. */
  readonly redeliverMs: number;
  readonly ussdReplyMs: Range;
  /** From ATD until the phone at the other end rings. */
  readonly alertingMs: number;
  readonly noise: boolean;
  /** The commands that begin with Z, and the answers that only this family gives. */
  readonly zte: boolean;
  readonly cnmiOffer: string;
  readonly refusedCnmi: readonly string[];
  readonly flashAsCmt: boolean;
  readonly noCarrier: boolean;
  /** ATD is answered when the other end has been, not at once. */
  readonly dialAnswersLate: boolean;
  /** `AT+CUSD=2` without a session is an error. */
  readonly strictUssdCancel: boolean;
  /** Location and cell in quotes in `+CREG`. */
  readonly quotedCells: boolean;
}

const none: Range = [0, 0];
const atOnce: Profile['latency'] = {
  quick: none,
  storage: none,
  listing: none,
  sim: none,
  prompt: none,
  submit: none,
  ussd: none,
  scan: none,
};

const clean: Profile = {
  name: 'clean',
  manufacturer: 'SIMLOFT',
  model: 'VIRTUAL',
  revision: '1.0',
  latency: atOnce,
  deliveryGapMs: none,
  simReadyMs: 0,
  registeredMs: 0,
  redeliverMs: 5000,
  ussdReplyMs: none,
  alertingMs: 0,
  noise: false,
  zte: false,
  cnmiOffer: '(0-3),(0-3),(0,2),(0-2),(0,1)',
  refusedCnmi: [],
  flashAsCmt: false,
  noCarrier: true,
  dialAnswersLate: false,
  strictUssdCancel: false,
  quotedCells: true,
};

const profiles: Readonly<Record<ProfileName, Profile>> = {
  clean,
  generic: {
    ...clean,
    name: 'generic',
    manufacturer: 'GENERIC',
    model: 'MODULE 2G',
    revision: 'R1.00',
    latency: {
      quick: [2, 10],
      storage: [20, 60],
      listing: [50, 120],
      sim: [300, 600],
      prompt: [10, 40],
      submit: [1500, 3000],
      ussd: [50, 200],
      scan: [15_000, 30_000],
    },
    deliveryGapMs: [300, 800],
    simReadyMs: 2000,
    registeredMs: 4000,
    redeliverMs: 15_000,
    ussdReplyMs: [1000, 3000],
    alertingMs: 3000,
  },
  'zte-mf180': {
    ...clean,
    name: 'zte-mf180',
    manufacturer: 'ZTE CORPORATION',
    model: 'MF180',
    revision: 'BD_MF180V1.0.0B03',
    latency: {
      quick: [5, 30],
      storage: [30, 120],
      listing: [80, 250],
      sim: [800, 1500],
      prompt: [20, 80],
      submit: [2000, 4000],
      ussd: [100, 400],
      scan: [20_000, 60_000],
    },
    deliveryGapMs: [400, 1500],
    simReadyMs: 6000,
    registeredMs: 9000,
    redeliverMs: 20_000,
    ussdReplyMs: [2000, 5000],
    alertingMs: 6000,
    noise: true,
    zte: true,
    // Qualcomm firmware offers direct reports and routing, and then refuses them.
    refusedCnmi: ['3,*', '2,2,*', '1,2,*', '2,1,0,1,*', '1,1,0,1,*'],
    flashAsCmt: true,
    noCarrier: false,
    dialAnswersLate: true,
    strictUssdCancel: true,
    quotedCells: false,
  },
};

export function profileOf(name: ProfileName): Profile {
  return profiles[name];
}
