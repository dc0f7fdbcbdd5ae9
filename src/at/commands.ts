import { SimloftError } from '../core/errors.ts';
import type { AtCommand } from './command.ts';

const second = 1000;

/** CR, LF, Ctrl-Z and ESC end or abort a command line; no other control character has a place in one either. */
function safe(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e)
      throw new SimloftError(
        'at_unsafe',
        `Character ${code} at position ${at} must not stand in a command to the modem.`,
      );
  }
  return text;
}

/** A string parameter (V.250 §5.4.2.2). @throws SimloftError `at_unsafe` for what would leave its quotation marks. */
export function quote(text: string): string {
  if (text.includes('"'))
    throw new SimloftError('at_unsafe', 'A quotation mark must not stand in a parameter of a command to the modem.');
  return `"${safe(text)}"`;
}

interface Shape {
  readonly answer?: readonly string[] | 'free';
  readonly seconds?: number;
  readonly idleMs?: number;
  readonly dials?: boolean;
  readonly payload?: boolean;
  readonly settleMs?: number;
}

/**
 * Any command: `AT` and `text`. Its answer's prefix is taken from its name (`+CSQ` → `+CSQ:`) unless `shape` says otherwise.
 * @throws SimloftError `at_unsafe` for control characters and for anything outside ASCII.
 */
export function atCommand(text: string, shape: Shape = {}): AtCommand {
  const { answer = prefixOf(text), seconds = 5, ...rest } = shape;
  return { text: `AT${safe(text)}`, answer, timeoutMs: seconds * second, ...rest };
}

function prefixOf(text: string): readonly string[] {
  const name = /^[+^#*$%&][A-Z0-9]+/i.exec(text)?.[0];
  return name === undefined ? [] : [`${name.toUpperCase()}:`];
}

function dialString(number: string): string {
  if (/^\+?[0-9*#]{1,40}$/.test(number)) return number;
  throw new SimloftError('at_unsafe', 'A number to dial has only digits, * and #, and perhaps a + in front.');
}

/** The commands in use, with the time that each may take. Those of vendors are made with {@link atCommand}. */
export const at = {
  probe: () => atCommand('', { seconds: 3 }),
  /** V.250 §6.2.4: no echo. */
  echoOff: () => atCommand('E0'),
  /** V.250 §6.2.5 and §6.2.6: answers are given, and in words. */
  quietOff: () => atCommand('Q0'),
  verbose: () => atCommand('V1'),
  /** TS 27.007 §9.1: 1 = errors as numbers. */
  cmee: (mode: number) => atCommand(`+CMEE=${mode}`),
  cgmi: () => atCommand('+CGMI', { answer: 'free', seconds: 10 }),
  cgmm: () => atCommand('+CGMM', { answer: 'free', seconds: 10 }),
  cgmr: () => atCommand('+CGMR', { answer: 'free', seconds: 10 }),
  cgsn: () => atCommand('+CGSN', { answer: 'free', seconds: 10 }),
  cimi: () => atCommand('+CIMI', { answer: 'free', seconds: 10 }),
  /** The vendors' names for the ICCID: `+ICCID`, `+CCID`, `^ICCID?`… */
  iccid: (name: string) => atCommand(name, { answer: 'free', seconds: 10 }),
  /** The ICCID out of the card's file 2FE2 (TS 27.007 §8.18). */
  crsmIccid: () => atCommand('+CRSM=176,12258,0,0,10', { seconds: 10 }),
  cfunRead: () => atCommand('+CFUN?', { seconds: 10 }),
  cfun: (level: number, reset?: number) =>
    atCommand(`+CFUN=${level}${reset === undefined ? '' : `,${reset}`}`, { seconds: 60 }),
  /** Wavecom and Sierra answer without OK. */
  cpinRead: () => atCommand('+CPIN?', { seconds: 10, settleMs: 2 * second }),
  cpin: (pin: string) => atCommand(`+CPIN=${quote(pin)}`, { seconds: 30 }),
  cscs: (charset: string) => atCommand(`+CSCS=${quote(charset)}`),
  registrationMode: (domain: 'CREG' | 'CGREG' | 'CEREG', mode: number) =>
    atCommand(`+${domain}=${mode}`, { answer: [] }),
  registration: (domain: 'CREG' | 'CGREG' | 'CEREG') => atCommand(`+${domain}?`, { seconds: 20 }),
  /** TS 27.007 §7.3: mode 3 sets only the form of the name. */
  copsFormat: (format: number) => atCommand(`+COPS=3,${format}`, { seconds: 20 }),
  copsRead: () => atCommand('+COPS?', { seconds: 20 }),
  /** Minutes, and no registration meanwhile. Some firmware gives each network a line of its own. */
  copsScan: () => atCommand('+COPS=?', { answer: ['+COPS:', '('], seconds: 300 }),
  csq: () => atCommand('+CSQ', { seconds: 20 }),
  clip: (mode: number) => atCommand(`+CLIP=${mode}`, { answer: [], seconds: 15 }),
  crc: (mode: number) => atCommand(`+CRC=${mode}`),
  cvhu: (mode: number) => atCommand(`+CVHU=${mode}`),
  clcc: () => atCommand('+CLCC', { seconds: 10 }),
  chup: () => atCommand('+CHUP', { seconds: 30 }),
  hangUp: () => atCommand('H', { seconds: 30 }),
  /** A voice call: the semicolon makes it one (V.250 §6.3.1). @throws SimloftError `at_unsafe` for what is no number. */
  dial: (number: string) => atCommand(`D${dialString(number)};`, { seconds: 90, dials: true }),
  answer: () => atCommand('A', { seconds: 90, dials: true }),
  /** TS 27.005 §3.2.3: 0 = PDU mode. */
  cmgf: (mode: number) => atCommand(`+CMGF=${mode}`),
  csms: (service: number) => atCommand(`+CSMS=${service}`, { seconds: 10 }),
  cpmsRead: () => atCommand('+CPMS?', { seconds: 30 }),
  cpmsChoices: () => atCommand('+CPMS=?', { seconds: 30 }),
  /** One to three memories; '' leaves one unset, which some firmware wants. */
  cpms: (...memories: readonly string[]) => atCommand(`+CPMS=${memories.map(quote).join(',')}`, { seconds: 30 }),
  cnmiRead: () => atCommand('+CNMI?', { seconds: 10 }),
  cnmiChoices: () => atCommand('+CNMI=?', { seconds: 10 }),
  cnmi: (...values: readonly number[]) => atCommand(`+CNMI=${values.join(',')}`, { answer: [], seconds: 10 }),
  cscaRead: () => atCommand('+CSCA?', { seconds: 10 }),
  csca: (number: string) =>
    atCommand(`+CSCA=${quote(dialString(number))},${number.startsWith('+') ? 145 : 129}`, { seconds: 10 }),
  /** TS 27.005 §4.1: 4 = all. */
  cmgl: (stat: number) => atCommand(`+CMGL=${stat}`, { seconds: 120, idleMs: 15 * second, payload: true }),
  cmgr: (index: number) => atCommand(`+CMGR=${index}`, { seconds: 20, payload: true }),
  cmgd: (index: number) => atCommand(`+CMGD=${index}`, { seconds: 30 }),
  cmgdChoices: () => atCommand('+CMGD=?', { seconds: 30 }),
  /** TS 27.005 §3.5.6: 1 keeps the link open between the parts of a message. */
  cmms: (mode: number) => atCommand(`+CMMS=${mode}`),
  cusdMode: (mode: number) => atCommand(`+CUSD=${mode}`, { answer: [], seconds: 15 }),
  /**
   * TS 27.007 §7.15; `text` in the coding that the modem wants, without quotes when `bare`.
   * `+CUSD:` is always an event, never a part of the answer.
   */
  cusd: (text: string, options: { readonly dcs?: number; readonly bare?: boolean } = {}) => {
    const { dcs, bare = false } = options;
    const string = bare ? bareUssd(text) : quote(text);
    return atCommand(`+CUSD=1,${string}${dcs === undefined ? '' : `,${dcs}`}`, { answer: [], seconds: 15 });
  },
  cnum: () => atCommand('+CNUM', { seconds: 30 }),
  ztePinTries: () => atCommand('+ZPINPUK=?', { seconds: 10 }),
  /** Some firmware answers under another name. */
  zteTechnology: () => atCommand('+ZPAS?', { answer: ['+ZPAS:', '+BEARTYPE:'], seconds: 10 }),
} as const;

function bareUssd(text: string): string {
  if (/^[0-9A-Za-z*#+]{1,182}$/.test(text)) return text;
  throw new SimloftError('at_unsafe', 'A USSD code without quotation marks has only letters, digits, *, # and +.');
}
