import { charactersOutside, planText, type TextPlanRequest } from './text-plan.ts';

/** What sending a text would take. */
export interface TextPreview {
  readonly alphabet: 'gsm7' | 'ucs2';
  /** Septets (an ESC pair is two) or UTF-16 units of the whole text. */
  readonly units: number;
  /** Septets or UTF-16 units that the last part still has room for. */
  readonly room: number;
  /** The parts; one that is empty for an empty text. */
  readonly segments: readonly { readonly text: string; readonly units: number }[];
  /** The characters that are not in the GSM alphabet, each once: without them a part would hold more than twice as much. */
  readonly forcesUcs2: readonly string[];
}

/** Counts a text as `composeSms` would send it. */
export function previewText(text: string, request: TextPlanRequest = {}): TextPreview {
  const { alphabet, segments, room } = planText(text, request);
  const units = segments.reduce((sum, segment) => sum + segment.units, 0);
  const forcesUcs2 = alphabet === 'ucs2' ? charactersOutside(text, request.languages) : [];
  return { alphabet, units, room, segments, forcesUcs2 };
}
