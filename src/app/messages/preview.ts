import { previewText, type TextPreview } from '../../pdu/preview.ts';
import { transliterate } from '../../pdu/transliterate.ts';

/** How many SMS a text is. */
export const countParts = (text: string): number => previewText(text).segments.length;

export interface Preview extends TextPreview {
  /** The same in letters that cost less, where that would be fewer parts; null otherwise. */
  readonly transliterated: (TextPreview & { readonly text: string }) | null;
}

/** What sending a text would take, and whether writing it otherwise would take less. */
export function previewWithOffer(text: string): Preview {
  const preview = previewText(text);
  const other = transliterate(text);
  const offered = previewText(other);
  const better = other !== text && offered.segments.length < preview.segments.length;
  return { ...preview, transliterated: better ? { ...offered, text: other } : null };
}
