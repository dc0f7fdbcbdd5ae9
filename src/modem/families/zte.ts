import type { Profile } from './profile.ts';

/** ZTE MF1xx and MF6xx sticks (Qualcomm MSM), the MF180 among them. */
export const zteProfile: Profile = {
  name: 'zte',
  recognise: /\bZTE\b|\bMF\s?\d{3}/i,
  // +ZUSIMR floods until somebody asks for the memories; unread for long, the flood crashes the stick.
  quieting: ['+CPMS?'],
  radioOn: ['+ZOPRT=5'],
  iccid: ['+ICCID', '+CCID'],
  pinTries: '+ZPINPUK=?',
  // IRA has produced wrong umlauts; UCS2 changes the form of USSD answers between firmwares.
  charset: 'GSM',
  memories: ['SM', 'ME'],
  // Mode 2 and ds=1 are advertised and refused by some firmware; ds=2 is what stores reports in SR.
  indications: [
    [2, 1, 0, 2, 0],
    [1, 1, 0, 2, 0],
    [2, 1, 0, 1, 0],
    [1, 1, 0, 1, 0],
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
    [1, 1],
  ],
  ussd: ['plain', 'bare', 'plain-without-dcs', 'ucs2', 'packed'],
  technology: 'zte',
  dialAnswersLate: true,
  radioReset: ['+ZOPRT=6', '+CFUN=0', '+CFUN=1', '+ZOPRT=5'],
  restart: ['+CFUN=1,1', '+ZRST'],
};
