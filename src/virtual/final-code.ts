import type { FinalCode } from './answer.ts';

/** How result codes are shown: V.250 §6.2.5 (Q), §6.2.6 (V), TS 27.007 §9.1 (CMEE). */
export interface ResultFormat {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly errors: 0 | 1 | 2;
}

const digits: Readonly<Record<string, string>> = {
  OK: '0',
  CONNECT: '1',
  RING: '2',
  'NO CARRIER': '3',
  ERROR: '4',
  BUSY: '7',
  'NO ANSWER': '8',
};

/** TS 27.007 §9.2, as `CMEE=2` says them. */
const cmeTexts: Readonly<Record<number, string>> = {
  3: 'operation not allowed',
  4: 'operation not supported',
  10: 'SIM not inserted',
  11: 'SIM PIN required',
  12: 'SIM PUK required',
  13: 'SIM failure',
  14: 'SIM busy',
  16: 'incorrect password',
  30: 'no network service',
  50: 'Incorrect parameters',
  100: 'unknown',
};

/** TS 27.005 §3.2.5, as `CMEE=2` says them. */
const cmsTexts: Readonly<Record<number, string>> = {
  303: 'operation not supported',
  304: 'invalid PDU mode parameter',
  310: 'SIM not inserted',
  311: 'SIM PIN required',
  314: 'SIM busy',
  316: 'SIM PUK required',
  320: 'memory failure',
  321: 'invalid memory index',
  322: 'memory full',
  330: 'SMSC address unknown',
  331: 'no network service',
  332: 'network timeout',
  500: 'unknown error',
};

/** The bytes of a result code. */
export function formatFinal(final: FinalCode, { quiet, verbose, errors }: ResultFormat): string {
  if (quiet) return '';
  const name = finalName(final, errors);
  if (verbose) return `\r\n${name}\r\n`;
  return name in digits ? `${digits[name]}\r` : `${name}\r\n`;
}

function finalName(final: FinalCode, errors: 0 | 1 | 2): string {
  if (typeof final === 'string') return final;
  if (errors === 0) return 'ERROR';
  if ('cme' in final) return `+CME ERROR: ${errors === 2 ? (cmeTexts[final.cme] ?? final.cme) : final.cme}`;
  return `+CMS ERROR: ${errors === 2 ? (cmsTexts[final.cms] ?? final.cms) : final.cms}`;
}

/** The bytes of a line of information. */
export function formatLine(line: string, { verbose }: ResultFormat): string {
  return verbose ? `\r\n${line}\r\n` : `${line}\r\n`;
}
