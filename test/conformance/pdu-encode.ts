import { encodeServiceCentre } from '../../src/pdu/address.ts';
import { type ComposeRequest, composeSms, dataCodingOctet } from '../../src/pdu/compose.ts';
import { encodeSubmit, encodeUserData } from '../../src/pdu/encode-tpdu.ts';
import { countSeptets, encodeSeptets, indexTables } from '../../src/pdu/gsm-text.ts';
import { type Languages, languagesFor, tablesOfLanguages } from '../../src/pdu/national.ts';
import { splitOctets } from '../../src/pdu/octet-parts.ts';
import { toHex } from '../../src/pdu/octets.ts';
import { previewText } from '../../src/pdu/preview.ts';
import { planText } from '../../src/pdu/text-plan.ts';
import { transliterate } from '../../src/pdu/transliterate.ts';
import { concatenationElement } from '../../src/pdu/user-data-header.ts';
import { encodeUcs2 } from '../../src/pdu/utf16.ts';
import { fields, list, number, octets, text } from './input.ts';
import { elements, placeOf } from './pdu-sets.ts';
import { languagesOf } from './pdu-text.ts';
import { validityRequest } from './pdu-validity.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

export function answerEncode({ op, input }: Vector): Outcome {
  switch (op) {
    case 'encode':
      return input['encoding'] === '8bit' || text(input, 'text') === '' ? encodeOctets(input) : encodeText(input);
    case 'pick-encoding':
      return pickEncoding(input);
    case 'segments':
      return segments(input);
    case 'user-data':
      return userData(input);
    case 'split-8bit':
      return splitData(input);
    default:
      return { skip: `there is nothing for ${op}` };
  }
}

function encodeText(input: Fields): Outcome {
  const sms = composeSms(composeRequest(input));
  const pdus = sms.parts.map(({ pdu }) => pdu);
  const lengths = sms.parts.map(({ tpduLength }) => tpduLength);
  const msgstart = (pdus[0]?.length ?? 0) / 2 - (lengths[0] ?? 0);
  return { out: { pdus, tpdu_lengths: lengths, msgstart } };
}

function composeRequest(input: Fields): ComposeRequest {
  const alphabet = input['encoding'] === 'gsm7' || input['encoding'] === 'ucs2' ? input['encoding'] : 'auto';
  const period = fields(input, 'vp');
  const minutes = number(input, 'validity_minutes');
  const messageClass = classOf(input);
  return {
    recipient: text(input, 'number'),
    text: givenText(input, alphabet),
    alphabet,
    concatReference: number(input, 'concat_ref') ?? 0,
    messageReference: number(input, 'mr') ?? 0,
    statusReport: input['status_report'] === true,
    rejectDuplicates: input['reject_duplicates'] === true,
    protocolIdentifier: number(input, 'pid') ?? 0,
    concatBits: input['concat_bits'] === 16 ? 16 : 8,
    serviceCentre: text(input, 'smsc'),
    ...(messageClass === null ? {} : { messageClass }),
    ...(period === null ? {} : { validity: validityRequest(period) }),
    ...(minutes === null ? {} : { validForMs: minutes * 60_000 }),
    ...(input['single'] === true ? { maxParts: 1 } : {}),
  };
}

function classOf(input: Fields): 0 | 1 | 2 | 3 | null {
  const value = input['class'];
  return value === 0 || value === 1 || value === 2 || value === 3 ? value : null;
}

/** Where the GSM alphabet is demanded, what it lacks is transliterated; `truncate` wants one part. */
function givenText(input: Fields, alphabet: 'auto' | 'gsm7' | 'ucs2'): string {
  const given = text(input, 'text');
  const lacking = alphabet === 'gsm7' && countSeptets(given) === null;
  const written = lacking ? transliterate(given) : given;
  if (input['truncate'] !== true) return written;
  let length = written.length;
  while (previewText(written.slice(0, length), { alphabet }).segments.length > 1) length -= 1;
  return written.slice(0, length);
}

/** The product sends texts that are not empty; octets, and none of them, go through its encoder of SMS-SUBMIT. */
function encodeOctets(input: Fields): Outcome {
  const written = Uint8Array.from(text(input, 'text'), (character) => character.charCodeAt(0));
  const parts = splitOctets({
    octets: 'data_hex' in input ? octets(input, 'data_hex') : written,
    concatReference: number(input, 'concat_ref') ?? 0,
  });
  if (input['single'] === true && parts.length > 1) return { error: 'it needs several parts' };
  const period = fields(input, 'vp');
  const serviceCentre = encodeServiceCentre(text(input, 'smsc'));
  const tpdus = parts.map(({ header, octets: data }) =>
    encodeSubmit({
      recipient: text(input, 'number'),
      messageReference: number(input, 'mr') ?? 0,
      dataCoding: dataCodingOctet(alphabetOf(input), classOf(input)),
      validity: period === null ? null : validityRequest(period),
      statusReport: input['status_report'] === true,
      rejectDuplicates: input['reject_duplicates'] === true,
      header,
      content: { alphabet: 'octets', octets: data },
    }),
  );
  const pdus = tpdus.map((tpdu) => toHex(serviceCentre) + toHex(tpdu));
  return { out: { pdus, tpdu_lengths: tpdus.map(({ length }) => length), msgstart: serviceCentre.length } };
}

function alphabetOf({ encoding }: Fields): 'gsm7' | '8bit' | 'ucs2' {
  return encoding === '8bit' || encoding === 'ucs2' ? encoding : 'gsm7';
}

function pickEncoding(input: Fields): Outcome {
  const given = text(input, 'text');
  const languages = input['national'] === 'all' ? languagesFor(given) : countSeptets(given) === null ? null : {};
  if (languages === null) return { out: { alphabet: 'ucs2', lang: {}, hex: toHex(encodeUcs2(given)) } };
  return { out: { alphabet: 'gsm7', lang: languages, septets: septetsHex(given, languages) } };
}

function septetsHex(given: string, languages: Languages): string {
  const septets = encodeSeptets(given, indexTables(tablesOfLanguages(languages)));
  return toHex(septets ?? new Uint8Array(0));
}

function segments(input: Fields): Outcome {
  const given = text(input, 'text');
  const languages = languagesGiven(input, given);
  const alphabet = input['encoding'] === 'ucs2' || input['encoding'] === 'gsm7' ? input['encoding'] : 'auto';
  const plan = planText(given, { languages, alphabet });
  const total = plan.segments.length;
  const shown = plan.segments.map((one, index) => ({
    text: one.text,
    dcs: plan.alphabet === 'gsm7' ? 0 : 8,
    lang: plan.alphabet === 'gsm7' ? languages : {},
    concat: total === 1 ? null : { max: total, seq: index + 1, ref: 0, bits: 8 },
    ...(plan.alphabet === 'gsm7'
      ? { ud_septets: septetsHex(one.text, languages) }
      : { data_hex: toHex(encodeUcs2(one.text)) }),
  }));
  return { out: { segments: shown } };
}

function languagesGiven(input: Fields, given: string): Languages {
  const allowed = (key: string): number[] => list(input, key).filter((id) => typeof id === 'number');
  const [locking, single] = [allowed('locking'), allowed('single')];
  return locking.length + single.length === 0 ? languagesOf(input) : (languagesFor(given, { locking, single }) ?? {});
}

function userData(input: Fields): Outcome {
  const place = fields(input, 'concat');
  const header = [...(place === null ? [] : [concatenationElement(placeOf(place))]), ...elements(input['udh'])];
  const given = text(input, 'text');
  const septets = input['encoding'] === 'ucs2' ? null : encodeSeptets(given);
  const coded = encodeUserData(
    header,
    septets === null ? { alphabet: 'octets', octets: encodeUcs2(given) } : { alphabet: 'gsm7', septets },
  );
  return { out: { hex: toHex(coded.octets), udl: coded.length } };
}

function splitData(input: Fields): Outcome {
  const given = octets(input, 'data_hex');
  const parts = splitOctets({ octets: given, concatReference: number(input, 'concat_ref') ?? 0 });
  const coded = parts.map(({ header, octets: data }) => encodeUserData(header, { alphabet: 'octets', octets: data }));
  return { out: { user_data: coded.map((one) => toHex(one.octets)), single: parts.length === 1 } };
}
