/** The texts of `+CME ERROR` by number (TS 27.007 §9.2), which a modem with CMEE=2 prints instead of the number. */
export const cmeTexts: Readonly<Record<number, string>> = {
  0: 'phone failure',
  1: 'no connection to phone',
  2: 'phone-adaptor link reserved',
  3: 'operation not allowed',
  4: 'operation not supported',
  5: 'PH-SIM PIN required',
  6: 'PH-FSIM PIN required',
  7: 'PH-FSIM PUK required',
  10: 'SIM not inserted',
  11: 'SIM PIN required',
  12: 'SIM PUK required',
  13: 'SIM failure',
  14: 'SIM busy',
  15: 'SIM wrong',
  16: 'incorrect password',
  17: 'SIM PIN2 required',
  18: 'SIM PUK2 required',
  20: 'memory full',
  21: 'invalid index',
  22: 'not found',
  23: 'memory failure',
  24: 'text string too long',
  25: 'invalid characters in text string',
  26: 'dial string too long',
  27: 'invalid characters in dial string',
  30: 'no network service',
  31: 'network timeout',
  32: 'network not allowed - emergency calls only',
  40: 'network personalization PIN required',
  41: 'network personalization PUK required',
  42: 'network subset personalization PIN required',
  43: 'network subset personalization PUK required',
  44: 'service provider personalization PIN required',
  45: 'service provider personalization PUK required',
  46: 'corporate personalization PIN required',
  47: 'corporate personalization PUK required',
  48: 'hidden key required',
  49: 'EAP method not supported',
  50: 'incorrect parameters',
  51: 'command implemented but currently disabled',
  52: 'command aborted by user',
  53: 'not attached to network due to MT functionality restrictions',
  54: 'modem not allowed - MT restricted to emergency calls only',
  55: 'operation not allowed because of MT functionality restrictions',
  56: 'fixed dial number only allowed - called number is not a fixed dial number',
  57: 'temporarily out of service due to other MT usage',
  58: 'language/alphabet not supported',
  59: 'unexpected data value',
  60: 'system failure',
  61: 'data missing',
  62: 'call barred',
  63: 'message waiting indication subscription failure',
  100: 'unknown',
  103: 'illegal MS',
  106: 'illegal ME',
  107: 'GPRS services not allowed',
  111: 'PLMN not allowed',
  112: 'location area not allowed',
  113: 'roaming not allowed in this location area',
  132: 'service option not supported',
  133: 'requested service option not subscribed',
  134: 'service option temporarily out of order',
  148: 'unspecified GPRS error',
  149: 'PDP authentication failure',
  150: 'invalid mobile class',
};

/** What to do about an error of the equipment. */
export type CmeKind =
  /** The same command may succeed in a moment. */
  | 'busy'
  | 'temporary'
  /** The SIM is missing, locked or broken. */
  | 'sim'
  /** The network does not let this SIM or this equipment in. */
  | 'denied'
  /** The modem does not know the command, or not with these parameters. */
  | 'unsupported'
  /** There is nothing at this index. */
  | 'empty'
  | 'memory-full'
  | 'wrong-password'
  | 'unclear';

const cmeKinds: readonly (readonly [CmeKind, readonly number[]])[] = [
  ['busy', [2, 14, 57]],
  ['temporary', [0, 1, 23, 30, 31, 53, 60, 134, 148]],
  ['sim', [5, 6, 7, 10, 11, 12, 13, 15, 17, 18, 40, 41, 42, 43, 44, 45, 46, 47, 48]],
  ['denied', [32, 54, 62, 103, 106, 107, 111, 112, 113, 133, 149, 150]],
  ['unsupported', [3, 4, 24, 25, 26, 27, 49, 50, 51, 55, 56, 58, 59, 61, 132]],
  ['empty', [21, 22]],
  ['memory-full', [20]],
  ['wrong-password', [16]],
];

const kindByCode = new Map(cmeKinds.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)));

/** Codes outside the table (100, vendors' own) are `unclear`. */
export function cmeKind(code: number): CmeKind {
  return kindByCode.get(code) ?? 'unclear';
}
