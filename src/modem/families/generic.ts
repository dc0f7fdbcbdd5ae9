import type { Profile } from './profile.ts';

/** What the standards say, and the most common ways around them. */
export const genericProfile: Profile = {
  name: 'generic',
  recognise: null,
  quieting: [],
  radioOn: [],
  iccid: ['+CCID', '+ICCID', '+QCCID', '^ICCID?', '#CCID'],
  pinTries: null,
  charset: 'GSM',
  memories: ['SM', 'ME'],
  // Stored reports outlive a crash of ours, so they come before direct ones; Cinterion wants 1 as the last value.
  indications: [
    [2, 1, 0, 2, 0],
    [2, 1, 0, 1, 0],
    [1, 1, 0, 2, 0],
    [1, 1, 0, 1, 0],
    [2, 1, 0, 0, 0],
    [2, 1, 0, 2, 1],
    [2, 1, 0, 1, 1],
    [1, 1, 0, 1, 1],
    [1, 1, 0, 0, 0],
    [1, 1],
  ],
  ussd: ['plain', 'ucs2', 'packed', 'plain-without-dcs', 'bare'],
  technology: null,
  dialAnswersLate: false,
  radioReset: ['+CFUN=0', '+CFUN=1'],
  restart: ['+CFUN=1,1'],
};
