import { SimloftError } from '../core/errors.ts';
import { countSeptets, defaultIndex, indexTables, type SeptetIndex } from './gsm-text.ts';
import { type Languages, languageElements, tablesOfLanguages } from './national.ts';
import { type Segment, segmentText } from './segment.ts';
import { fillBitsAfter } from './septets.ts';
import type { InformationElement } from './tpdu.ts';
import { encodeHeader } from './user-data-header.ts';

/** Octets of TP-UD. */
const userDataOctets = 140;
/** A set has one octet for its number of parts. */
export const mostParts = 255;

export interface TextPlanRequest {
  /** `auto` takes the GSM alphabet when it has every character, else UCS-2. */
  readonly alphabet?: 'auto' | 'gsm7' | 'ucs2';
  /** National tables, for those who know that the receiver can read them. The default ones unless given. */
  readonly languages?: Languages;
  /** Width of the reference of a set; 8 unless given, which is what all phones read. */
  readonly concatBits?: 8 | 16;
  /** Elements that each part carries besides, such as ports. */
  readonly header?: readonly InformationElement[];
}

/** A text with its alphabet chosen and cut into parts. */
export interface TextPlan {
  readonly alphabet: 'gsm7' | 'ucs2';
  /** The tables' index for the GSM alphabet; null for UCS-2. */
  readonly index: SeptetIndex | null;
  readonly segments: readonly Segment[];
  /** Elements of each part, without its place in the set. */
  readonly header: readonly InformationElement[];
  /** Septets or UTF-16 units that the last part still has room for. */
  readonly room: number;
}

/**
 * Chooses the alphabet of a text and cuts it into parts. How many there are is not limited here.
 * @throws SimloftError `pdu_unencodable` when the alphabet asked for lacks a character, or the header leaves no room.
 */
export function planText(text: string, request: TextPlanRequest = {}): TextPlan {
  const languages = request.languages ?? {};
  const index = request.alphabet === 'ucs2' ? null : indexFor(text, languages);
  if (index === null && request.alphabet === 'gsm7') throw lacking(text, languages);
  const alphabet = index === null ? 'ucs2' : 'gsm7';
  const national = index === null ? [] : languageElements(languages);
  const header = [...national, ...(request.header ?? [])];
  const headerOctets = encodeHeader(header).length;
  const concatOctets = (request.concatBits === 16 ? 6 : 5) + (headerOctets === 0 ? 1 : 0);
  const single = capacity(alphabet, headerOctets);
  const each = capacity(alphabet, headerOctets + concatOctets);
  if (each < 2)
    throw new SimloftError('pdu_unencodable', `A header of ${headerOctets} octets leaves no room for text.`);
  const segments = segmentText(text, { index, single, each });
  const room = (segments.length === 1 ? single : each) - (segments.at(-1)?.units ?? 0);
  return { alphabet, index, segments, header, room };
}

function indexFor(text: string, languages: Languages): SeptetIndex | null {
  const tables = tablesOfLanguages(languages);
  const index = languages.locking || languages.single ? indexTables(tables) : defaultIndex;
  return countSeptets(text, index) === null ? null : index;
}

/**
 * Septets, UTF-16 units or octets that TP-UD has room for behind a header of so many octets, UDHL included
 * (TS 23.040 §9.2.3.24): 160, 70 and 140 without one.
 */
export function capacity(alphabet: 'gsm7' | 'ucs2' | '8bit', headerOctets: number): number {
  const octets = userDataOctets - headerOctets;
  if (alphabet === '8bit') return octets;
  if (alphabet === 'ucs2') return octets >> 1;
  return Math.floor((octets * 8 - fillBitsAfter(headerOctets)) / 7);
}

function lacking(text: string, languages: Languages): SimloftError {
  const characters = charactersOutside(text, languages);
  const shown = characters.slice(0, 10).join(' ');
  return new SimloftError('pdu_unencodable', `The GSM alphabet does not have these characters: ${shown}`, {
    details: { characters },
  });
}

/** The different characters that the tables lack, in the order of the text. */
export function charactersOutside(text: string, languages: Languages = {}): string[] {
  const index = languages.locking || languages.single ? indexTables(tablesOfLanguages(languages)) : defaultIndex;
  const found = new Set<string>();
  for (const character of text) if (character.length > 1 || !index.has(character.charCodeAt(0))) found.add(character);
  return [...found];
}
