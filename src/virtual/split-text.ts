import { septetsOfCharacter } from './septets.ts';

export interface SplitOptions {
  readonly alphabet: 'gsm7' | 'ucs2';
  /** Width of the concatenation reference. */
  readonly referenceBits: 8 | 16;
}

/** Cuts a text into what fits one message each: a pair of the extension or a surrogate pair is never split. */
export function splitText(text: string, { alphabet, referenceBits }: SplitOptions): string[] {
  const whole = alphabet === 'gsm7' ? 160 : 70;
  const inParts = alphabet === 'gsm7' ? (referenceBits === 8 ? 153 : 152) : referenceBits === 8 ? 67 : 66;
  const cost = (character: string) =>
    alphabet === 'gsm7' ? (septetsOfCharacter(character)?.length ?? 1) : character.length;
  const total = Array.from(text, cost).reduce((sum, units) => sum + units, 0);
  if (total <= whole) return [text];
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of text) {
    if (used + cost(character) > inParts) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += cost(character);
  }
  return [...parts, part];
}
