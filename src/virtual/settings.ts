import type { MemoryName } from './contract.ts';

/** What programs set and power-up forgets. */
export interface Settings {
  echo: boolean;
  verbose: boolean;
  quiet: boolean;
  cmee: 0 | 1 | 2;
  cfun: number;
  cmgf: 0 | 1;
  csms: 0 | 1;
  cscs: string;
  /** mode, mt, bm, ds, bfr: TS 27.005 §3.4.1. */
  cnmi: readonly [number, number, number, number, number];
  /** mem1, mem2, mem3: TS 27.005 §3.2.2. */
  cpms: readonly [MemoryName, MemoryName, MemoryName];
  clip: boolean;
  crc: boolean;
  creg: 0 | 1 | 2;
  cgreg: 0 | 1 | 2;
  copsFormat: 0 | 1 | 2;
  cusd: boolean;
  /** `+ZUSIMR:2` repeats until the memories have been asked for. */
  storageNag: boolean;
  readonly others: Map<string, string>;
}

export function freshSettings(storageNag: boolean): Settings {
  return {
    echo: true,
    verbose: true,
    quiet: false,
    cmee: 0,
    cfun: 1,
    cmgf: 0,
    csms: 0,
    cscs: 'IRA',
    cnmi: [0, 0, 0, 0, 0],
    cpms: ['SM', 'SM', 'SM'],
    clip: false,
    crc: false,
    creg: 0,
    cgreg: 0,
    copsFormat: 0,
    cusd: false,
    storageNag,
    others: new Map(),
  };
}
