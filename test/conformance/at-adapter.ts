import { at, atCommand } from '../../src/at/commands.ts';
import type { AtCommand } from '../../src/at/command.ts';
import { afterPrefix, bracketGroups, listNumbers, splitFields, toInteger } from '../../src/at/fields.ts';
import type { FinalResult } from '../../src/at/final-result.ts';
import { LineSorter } from '../../src/at/line-sorter.ts';
import type { AtRecord } from '../../src/at/outcome.ts';
import { readCalls } from '../../src/at/replies/calls.ts';
import { readIndicationChoices } from '../../src/at/replies/indications.ts';
import { readMemories, readMemoryChoices } from '../../src/at/replies/memories.ts';
import {
  readListedMessage,
  readMessage,
  readMessageReference,
  type StoredMessage,
} from '../../src/at/replies/messages.ts';
import { readOperator, readOperatorScan } from '../../src/at/replies/operator.ts';
import { type Registration, readRegistrationAnswer } from '../../src/at/replies/registration.ts';
import { readChoices, readServiceCentre, readSetting } from '../../src/at/replies/settings.ts';
import { readNumbers, readSignal } from '../../src/at/replies/signal.ts';
import { readOwnNumbers } from '../../src/at/replies/sim.ts';
import { Tokenizer } from '../../src/at/tokenizer.ts';
import type { Urc } from '../../src/at/urc.ts';
import { SimloftError } from '../../src/core/errors.ts';
import { decodePdu } from '../../src/pdu/decode.ts';
import type { Tpdu } from '../../src/pdu/tpdu.ts';

interface AtVector {
  readonly id: string;
  readonly kind: string;
  readonly op: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;
type Outcome = { readonly out: Fields } | { readonly error: string; readonly out?: Fields } | { readonly skip: string };
type Answer = Outcome & { readonly id: string };

/** What the product makes of a vector about AT; null for vectors of other kinds. */
export function answerAt(vector: AtVector): Answer | null {
  if (vector.kind === 'at-response') return { id: vector.id, ...answerResponse(vector) };
  return vector.kind === 'at-urc' ? { id: vector.id, ...answerUrc(vector) } : null;
}

interface Heard {
  readonly lines: string[];
  readonly records: AtRecord[];
  readonly finals: FinalResult[];
  readonly urcs: Urc[];
}

/** Sends bytes through the product's tokenizer and sorter while `command` runs, as a modem's answer would come. */
function hear(chunks: readonly string[], command: AtCommand | null): Heard {
  const heard: Heard = { lines: [], records: [], finals: [], urcs: [] };
  const sorter = new LineSorter({
    onEchoed() {},
    onAnswer: (line) => void heard.lines.push(line),
    onRecord: (record) => void heard.records.push(record),
    onFinal: (result) => void heard.finals.push(result),
    onUrc: (urc) => void heard.urcs.push(urc),
  });
  if (command !== null) sorter.begin(command);
  const tokenizer = new Tokenizer((token) => {
    if (token.type === 'line') sorter.sort(token.text);
  });
  for (const chunk of chunks) tokenizer.push(Uint8Array.from(chunk, (char) => char.charCodeAt(0) & 0xff));
  // The vectors leave out the last line end.
  tokenizer.push(Uint8Array.of(0x0d));
  tokenizer.giveUpQuote();
  return heard;
}

const technologies: Readonly<Record<number, string>> = {
  0: 'GSM',
  1: 'GSM_COMPACT',
  2: 'UMTS',
  3: 'EDGE',
  4: 'HSDPA',
  5: 'HSUPA',
  6: 'HSPA',
  7: 'LTE',
  11: '5GNR',
};
const statWords = ['REC UNREAD', 'REC READ', 'STO UNSENT', 'STO SENT'];
const callStates = ['active', 'held', 'dialing', 'alerting', 'incoming', 'waiting'];

function answerResponse({ op, input }: AtVector): Outcome {
  const raw = String(input['raw']);
  switch (op) {
    case 'parse':
      return parse(String(input['cmd']), raw);
    case 'args':
      return { out: { args: args(raw) } };
    case 'command':
      return command(raw);
    case 'final-result':
      return { out: finalResult(raw) };
    default:
      return { skip: `the product has no function "${op}"` };
  }
}

/** The parameters after the prefix; an empty one at the end is none. */
function args(raw: string): unknown[] {
  const fields = splitFields(raw.slice(raw.indexOf(':') + 1));
  if (fields.at(-1)?.text === '') fields.pop();
  return fields.map((field) => (field.quoted ? field.text : (toInteger(field) ?? field.text)));
}

const anyDial: AtCommand = { ...atCommand('D', { answer: 'free' }), dials: true };

/** A command that fails is a refusal, in the form in which the vectors have it and as an error of its own. */
function command(raw: string): Outcome {
  const { lines, finals } = hear([raw], anyDial);
  const [final] = finals;
  if (final === undefined || final.ok)
    return {
      out: { lines: final === undefined || final.text === 'OK' ? lines : [...lines, final.text], result: 'ok' },
    };
  const { kind, code, text } = final.error;
  const error =
    kind === 'CME' || kind === 'CMS' ? { kind, code: String(code ?? text) } : { kind: 'CONNECT', code: text };
  return { error: `${error.kind} ${error.code}`, out: { lines, result: 'error', error } };
}

function finalResult(raw: string): Fields {
  const [final] = hear([raw], anyDial).finals;
  return final === undefined ? { final: false } : { final: true, is_error: !final.ok };
}

type Parser = (raw: string) => Fields | null;

/** By the vectors' name of the command; a null answer is a refusal. */
const parsers: Readonly<Record<string, Parser>> = {
  '+CREG?': (raw) => registration(readRegistrationAnswer(answer(raw))),
  '+CGREG?': (raw) => registration(readRegistrationAnswer(answer(raw))),
  '+CEREG?': (raw) => registration(readRegistrationAnswer(answer(raw))),
  '+COPS?': operator,
  '+COPS=?': operatorScan,
  '+CSQ': signal,
  '+CFUN?': (raw) => one('fun', readSetting(answer(raw), '+CFUN:')),
  '+CSCS?': charset,
  '+CSCS=?': charsets,
  '+CMGS': (raw) => one('mr', readMessageReference(answer(raw))),
  '+CMSS': (raw) => one('mr', readMessageReference(answer(raw))),
  '+CMGW': (raw) => one('index', readSetting(answer(raw), '+CMGW:')),
  '+CPMS?': memories,
  '+CPMS=': memories,
  '+CPMS=?': memoryChoices,
  '+CSCA?': (raw) => one('number', readServiceCentre(answer(raw)) || null),
  '+CNUM': (raw) => ({ numbers: readOwnNumbers(answer(raw)) }),
  '+CLCC': (raw) => ({ calls: calls(answer(raw)) }),
  '+CNMI=?': (raw) => one('parses', readIndicationChoices(answer(raw)) === null ? null : true),
  '+CLIP?': (raw) => switched(raw, '+CLIP:'),
  '+CLIR?': (raw) => switched(raw, '+CLIR:'),
  '+CMGR (PDU)': (raw) => storedMessage(readMessage(hear([raw], at.cmgr(1)).records)),
  '+CMGL (PDU)': (raw) => messages(hear([raw], at.cmgl(4)).records.map(readListedMessage)),
  groups: (raw) => ({ groups: raw.startsWith('(') ? bracketGroups(raw) : splitFields(raw).map(written) }),
  'number-list': (raw) => ({ list: [...new Set(listNumbers(raw))].sort((a, b) => a - b) }),
};

function parse(cmd: string, raw: string): Outcome {
  const parser = parsers[cmd];
  if (parser === undefined) return { skip: `the product does not ask ${cmd}` };
  const out = parser(raw);
  return out === null ? { error: 'not the answer that the command has' } : { out };
}

function answer(raw: string): string[] {
  const { lines, urcs } = hear([raw], atCommand('I', { answer: 'free' }));
  return [...lines, ...urcs.map(({ line }) => line)];
}

function one(name: string, value: unknown): Fields | null {
  return value === null ? null : { [name]: value };
}

function written({ text, quoted }: { readonly text: string; readonly quoted: boolean }): string {
  return quoted ? `"${text}"` : text;
}

function registration(read: Omit<Registration, 'mode' | 'domain'> | null): Fields | null {
  if (read === null) return null;
  const { stat, lac, ci, act } = read;
  return {
    stat,
    ...(lac === null ? {} : { lac }),
    ...(ci === null ? {} : { ci }),
    ...(act === null ? {} : { act_name: technologies[act] }),
  };
}

function operator(raw: string): Fields | null {
  const read = readOperator(answer(raw));
  if (read === null) return null;
  return { ...read, ...(read.act === null ? {} : { act_name: technologies[read.act] }) };
}

function operatorScan(raw: string): Fields | null {
  const scan = readOperatorScan(hear([raw], at.copsScan()).lines);
  if (scan === null) return null;
  // TS 27.007 §7.3: a network without a technology is a GSM one.
  const operators = scan.map(({ act, ...network }) => ({ ...network, act_name: technologies[act ?? 0] }));
  return { operators, first_operator: operators[0] };
}

function signal(raw: string): Fields {
  const read = readSignal(answer(raw));
  return read === null || read.rssi === 99 ? { rssi_unknown: true } : { rssi: read.rssi };
}

function charset(raw: string): Fields {
  const [values = []] = readChoices(answer(raw), '+CSCS:') ?? [];
  return values.length === 1 ? { charset: values[0] } : { charset_unknown: true };
}

function charsets(raw: string): Fields | null {
  const choices = readChoices(answer(raw), '+CSCS:');
  const names = choices?.flat().map((name) => (name === 'ASCII' ? 'IRA' : name));
  return names === undefined ? null : { charsets: names.sort() };
}

function memories(raw: string): Fields | null {
  const read = readMemories(answer(raw));
  if (read === null) return null;
  const named = [0, 1, 2].flatMap((place) => {
    const { name = null, used = null, total = null } = read[place] ?? {};
    const counts = {
      ...(name === null ? {} : { mem: name }),
      ...(used === null ? {} : { used }),
      ...(total === null ? {} : { capacity: total }),
    };
    return [
      [`mem${place + 1}`, name],
      [`mem${place + 1}_counts`, counts],
    ];
  });
  return Object.fromEntries(named);
}

function memoryChoices(raw: string): Fields | null {
  const choices = readMemoryChoices(answer(raw));
  if (choices === null) return null;
  const [mem1 = [], mem2 = [], mem3 = []] = choices;
  const has = (list: readonly string[]) => ({
    ME: list.includes('ME'),
    SM: list.includes('SM'),
    SR: list.includes('SR'),
  });
  return { mem1, mem2, mem3, read: has(mem1), save: has(mem2) };
}

function calls(lines: readonly string[]): Fields[] {
  return readCalls(lines).map(({ id, incoming, stat, number }) => ({
    index: id,
    direction: incoming ? 'MT' : 'MO',
    state: callStates[stat],
    number: number === '' ? null : number,
  }));
}

function switched(raw: string, prefix: string): Fields | null {
  const numbers = readNumbers(answer(raw), prefix);
  return numbers?.length === 2 ? { n: numbers[0], m: numbers[1] } : null;
}

function storedMessage(message: StoredMessage | null): Fields | null {
  return message === null ? null : { parses: true, ...messages([message]) };
}

function messages(stored: readonly (StoredMessage | null)[]): Fields {
  return {
    messages: stored.flatMap((message) => {
      if (message === null) return [];
      const { index, stat, length, pdu } = message;
      return [
        {
          ...(index === null ? {} : { index }),
          ...(stat === null ? {} : { status: stat, stat: statWords[stat] }),
          length,
          pdu,
          ...decoded(pdu),
        },
      ];
    }),
  };
}

/** The fields of the PDU in the vectors' words; none when it cannot be decoded, for the message is kept all the same. */
function decoded(pdu: string): Fields {
  try {
    const { serviceCentre, tpdu } = decodePdu(pdu);
    return { smsc: serviceCentre?.number ?? '', ...tpduFields(tpdu) };
  } catch (error) {
    if (error instanceof SimloftError) return {};
    throw error;
  }
}

function tpduFields(tpdu: Tpdu): Fields {
  switch (tpdu.type) {
    case 'deliver':
      return { number: tpdu.originatingAddress.number, text: tpdu.userData.text, timestamp: tpdu.timestamp.text };
    case 'submit':
      return { number: tpdu.destinationAddress.number, text: tpdu.userData.text };
    case 'status-report':
      return {
        number: tpdu.recipientAddress.number,
        mr: tpdu.messageReference,
        timestamp: tpdu.timestamp.text,
        discharge: tpdu.dischargeTime.text,
        // TS 23.040 §9.2.3.15: below 0x20 the transaction is completed.
        delivered: tpdu.status < 0x20,
      };
  }
}

function answerUrc({ op, input }: AtVector): Outcome {
  if (op === 'stream') {
    const chunks = Array.isArray(input['chunks']) ? input['chunks'].map(String) : [];
    const urcs = hear(chunks, null).urcs.filter(({ type, line }) => type !== 'unknown' || /^[+^]/.test(line));
    return { out: { urcs_count: urcs.length, urcs: urcs.map(({ line }) => `\r\n${line}\r\n`) } };
  }
  if (op !== 'parse') return { skip: `the product has no function "${op}"` };
  const { urcs } = hear([String(input['raw'])], null);
  const ring = urcs.find((urc) => urc.type === 'RING');
  const caller = urcs.find((urc) => urc.type === 'CLIP');
  if (ring !== undefined && caller !== undefined && ring.type === 'RING')
    return { out: { ...urcFields(caller, urcs), call_type: ring.call } };
  const [first] = urcs;
  if (first === undefined) return { error: 'nothing unsolicited' };
  if (first.type === 'unknown') return unknownFields(first.line, first.prefix);
  if (first.type === 'CMT' && Object.keys(decoded(first.pdu)).length === 0)
    return { error: 'the PDU cannot be decoded' };
  const out = urcFields(first, urcs);
  return out === null ? { skip: 'the product tells that it came, not what is in it' } : { out };
}

function urcFields(urc: Urc, all: readonly Urc[]): Fields | null {
  switch (urc.type) {
    case 'CMTI':
    case 'CDSI':
      return { urc: urc.type, mem: urc.memory, index: urc.index };
    case 'CMT':
    case 'CDS':
    case 'CBM':
      return { urc: urc.type, length: urc.length, pdu: urc.pdu };
    case 'RING':
      return urc.call === null ? { urc: 'RING' } : { urc: 'CRING', type: urc.call };
    case 'CLIP':
    case 'CCWA':
      return callerFields(urc);
    case 'CUSD':
      return { urc: 'CUSD', status: urc.status, text: urc.text, dcs: urc.dcs };
    case 'registration':
      return { urc: urc.domain, ...registration(urc) };
    case 'ZPASR':
      return { urc: 'ZPASR', service: urc.technology };
    case 'CLCC':
      return { urc: 'CLCC', calls: calls(all.map(({ line }) => line)) };
    case 'signal':
      return { urc: urc.line.startsWith('^') ? 'RSSI' : 'CSQ', rssi: urc.rssi };
    case 'missed-call':
      return { urc: 'MISSED_CALL', details: afterPrefix(urc.line, 'MISSED_CALL:') };
    case 'call-end':
      return callEnd(urc.reason);
    case 'boot':
      if (!urc.sign.endsWith('POWER DOWN') && urc.sign !== 'POWERED DOWN') return null;
      return { urc: 'POWERED DOWN', immediate: urc.sign === 'POWERED DOWN' };
    default:
      return null;
  }
}

function callerFields(urc: Extract<Urc, { readonly type: 'CLIP' | 'CCWA' }>): Fields {
  const [, , third, fourth] = splitFields(afterPrefix(urc.line, `+${urc.type}:`) ?? '');
  const shared = { urc: urc.type, number: urc.number, type: urc.toa };
  if (urc.type === 'CCWA') return { ...shared, class: toInteger(third) };
  return {
    ...shared,
    name_absent: urc.alpha === null,
    validity_absent: urc.validity === null,
    subaddr_absent: (third?.text ?? '') === '',
    satype_absent: (fourth?.text ?? '') === '',
  };
}

function callEnd(reason: string): Fields {
  const rest = afterPrefix(reason, 'VOICE CALL:');
  if (rest === null) return { urc: reason };
  const seconds = toInteger(splitFields(rest.replace(/^END:?\s*/, ''))[0]);
  return { urc: 'VOICE CALL', begin: false, ...(seconds === null ? {} : { duration: seconds }) };
}

/** Null for what does not look like a code of a modem, and for a known code in a form that it does not have. */
function unknownFields(line: string, prefix: string): Outcome {
  const domain = /^\+(C[GE]?REG)/.exec(line)?.[1];
  if (domain === undefined)
    return prefix === '' ? { error: 'no code of a modem' } : { out: { unknown: line, args: [] } };
  return line.includes(':') ? { out: { urc: domain, stat_unknown: true } } : { error: 'not a registration' };
}
