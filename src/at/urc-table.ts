import { type Field, splitFields, toInteger, toText } from './fields.ts';
import { isCallWord } from './final-result.ts';
import { readRegistration } from './replies/registration.ts';
import { readUssd } from './replies/ussd.ts';
import type { Urc } from './urc.ts';

/** Reads what stands after the colon; null when the line is not what its prefix promises. */
type Reader = (rest: string, line: string) => Urc | null;

/** Unsolicited lines whose PDU follows on the next line (TS 27.005 §3.4.1). */
const routed = new Map<string, 'CMT' | 'CDS' | 'CBM'>([
  ['+CMT', 'CMT'],
  ['+CDS', 'CDS'],
  ['+CBM', 'CBM'],
]);

/** Lines without a colon that say that the modem starts, or stops. */
const bootWords: ReadonlySet<string> = new Set([
  'RDY',
  '^SYSSTART',
  '*ATREADY',
  '+READY',
  'PB DONE',
  'SMS DONE',
  'CALL READY',
  'SMS READY',
  'POWERED DOWN',
  'NORMAL POWER DOWN',
]);

/** Known and of no use here: signal bars, network names, clocks, storage nags, power. */
const noise: ReadonlySet<string> = new Set(
  (
    '^BOOT ^MODE ^SRVST ^STIN ^CSNR ^HCSQ ^DSFLOWRPT ^NWTIME ^EONS ^LWURC ^RSSILVL ^DSDORMANT ^SBC ^SCKS ^CONF ^CONN ' +
    '^ORIG ^DSCI ^SLCC +CUSATP +CIEV +CTZV +CTZE +CTZDST +CSSI +CSSU +CNSMOD +RXDTMF +ZPSTM +ZEND +ZMTIME +ZRSSI +UMWI +UCALLSTAT ' +
    '+QUSIM +QSIMSTAT +WIND UNDER-VOLTAGE +ECSQ +EIND +ESIMS +EUSIM +CIREPI *PSUTTZ #QSS #STN $QCSIMSTAT $QCSYSMODE $CREG DST +CCLK +CGEV'
  ).split(' '),
);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['+CMTI', stored('CMTI')],
  ['+CDSI', stored('CDSI')],
  ['+CRING', (rest, line) => ({ type: 'RING', call: rest.toUpperCase(), line })],
  ['+CLIP', caller('CLIP')],
  ['+CCWA', caller('CCWA')],
  ['+CUSD', ussd],
  ['+CREG', registration],
  ['+CGREG', registration],
  ['+CEREG', registration],
  ['+ZPASR', (rest, line) => ({ type: 'ZPASR', technology: splitFields(rest)[0]?.text ?? '', line })],
  ['+ZDONR', zteOperator],
  ['+ZUSIMR', (rest, line) => ({ type: 'ZUSIMR', value: rest, line })],
  ['+ZSMMEMFULL', memoryFull],
  ['^SMMEMFULL', memoryFull],
  ['^SMGO', memoryFull],
  ['+CFUN', boot],
  ['^SIMST', boot],
  ['+QIND', quectel],
  ['+CPIN', (rest, line) => ({ type: 'sim', state: rest.toUpperCase(), line })],
  ['HANGUP', (_, line) => ({ type: 'call-end', reason: line, line })],
  ['^CEND', (_, line) => ({ type: 'call-end', reason: line, line })],
  ['VOICE CALL', voiceCall],
  ['MISSED_CALL', (rest, line) => ({ type: 'missed-call', number: /(\+?\d{3,})$/.exec(rest)?.[1] ?? '', line })],
  ['+CSQ', signal],
  ['^RSSI', signal],
  ['+CLCC', (_, line) => ({ type: 'CLCC', line })],
]);

/** The kind of routed message that this line announces; its PDU is the next line of hex. Null for other lines. */
export function announcedMessage(line: string): 'CMT' | 'CDS' | 'CBM' | null {
  return routed.get(prefixOf(line)) ?? null;
}

/** A routed message with its PDU. The length is the last field; ZTE puts a comma in front of that of `+CDS`. */
export function routedMessage(type: 'CMT' | 'CDS' | 'CBM', line: string, pdu: string): Urc {
  return { type, pdu, length: toInteger(splitFields(restOf(line)).at(-1)), line };
}

/** Reads a line as an unsolicited result code; null when it is none that is known. */
export function readUrc(line: string): Urc | null {
  const prefix = prefixOf(line);
  const reader = readers.get(prefix);
  if (reader !== undefined) return reader(restOf(line), line);
  if (noise.has(prefix)) return { type: 'noise', prefix, line };
  const word = line.toUpperCase();
  if (word === 'RING') return { type: 'RING', call: null, line };
  if (isCallWord(line)) return { type: 'call-end', reason: word, line };
  if (bootWords.has(word)) return { type: 'boot', sign: line, line };
  return null;
}

/** A line that nobody knows. Its prefix goes into logs, so a line that does not look like a code of the modem has none. */
export function unknownUrc(line: string): Urc {
  const prefix = prefixOf(line);
  return { type: 'unknown', prefix: /^[+^*#$%&]?[A-Z_][A-Z0-9_ ]*$/.test(prefix) ? prefix : '', line };
}

/** What stands before the colon, in upper case; the first word when there is no colon. */
function prefixOf(line: string): string {
  const colon = line.indexOf(':');
  const name = colon < 0 ? (line.split(' ', 1)[0] ?? '') : line.slice(0, colon);
  return name.trim().slice(0, 32).toUpperCase();
}

function restOf(line: string): string {
  const colon = line.indexOf(':');
  return colon < 0 ? '' : line.slice(colon + 1).trim();
}

function stored(type: 'CMTI' | 'CDSI'): Reader {
  return (rest, line) => {
    const [memory, index] = splitFields(rest);
    const number = toInteger(index);
    return memory === undefined || number === null ? null : { type, memory: memory.text, index: number, line };
  };
}

/**
 * `+CLIP: "number",type[,subaddr,satype[,alpha[,validity]]]` and `+CCWA: "number",type,class[,alpha[,validity]]`
 * (TS 27.007 §7.6, §7.12). A withheld number is empty, quoted or not. The answer to a query, two small numbers, is no caller.
 */
function caller(type: 'CLIP' | 'CCWA'): Reader {
  return (rest, line) => {
    const [first, toaField, , third, fourth, fifth] = splitFields(rest);
    if (first === undefined || (!first.quoted && /^\d{1,2}$/.test(first.text))) return null;
    const toa = toInteger(toaField);
    const [alpha, validity]: [Field | undefined, Field | undefined] =
      type === 'CLIP' ? [fourth, fifth] : [third, fourth];
    const number = toa === 145 && /^\d/.test(first.text) ? `+${first.text}` : first.text;
    return { type, number, toa, alpha: toText(alpha), validity: toInteger(validity), line };
  };
}

function ussd(_: string, line: string): Urc | null {
  const read = readUssd(line);
  return read === null ? null : { type: 'CUSD', ...read, line };
}

function registration(_: string, line: string): Urc | null {
  const read = readRegistration(line);
  if (read === null) return null;
  const { domain, stat, lac, ci, act } = read;
  return { type: 'registration', domain, stat, lac, ci, act, line };
}

/** `+ZDONR: "OPERATOR",<mcc>,<mnc>,"CS_PS","ROAM_OFF"`. */
function zteOperator(rest: string, line: string): Urc {
  const [operator, mcc, mnc, service, roaming] = splitFields(rest);
  return {
    type: 'ZDONR',
    operator: operator?.text ?? '',
    mcc: toText(mcc),
    mnc: toText(mnc),
    service: toText(service),
    roaming: roaming === undefined ? null : roaming.text === 'ROAM_ON',
    line,
  };
}

function boot(_: string, line: string): Urc {
  return { type: 'boot', sign: line, line };
}

function memoryFull(rest: string, line: string): Urc {
  return { type: 'memory-full', memory: splitFields(rest)[0]?.text ?? '', line };
}

/** Quectel: `+QIND: SMS DONE`, `+QIND: PB DONE`, `+QIND: "smsfull","ME"`. */
function quectel(rest: string, line: string): Urc {
  const [what, memory] = splitFields(rest);
  if (what?.text === 'smsfull') return { type: 'memory-full', memory: memory?.text ?? '', line };
  if (/ DONE$/i.test(rest)) return { type: 'boot', sign: line, line };
  return { type: 'noise', prefix: '+QIND', line };
}

function voiceCall(rest: string, line: string): Urc {
  if (/^END/i.test(rest)) return { type: 'call-end', reason: line, line };
  return { type: 'noise', prefix: 'VOICE CALL', line };
}

function signal(rest: string, line: string): Urc | null {
  const rssi = toInteger(splitFields(rest)[0]);
  return rssi === null ? null : { type: 'signal', rssi, line };
}
