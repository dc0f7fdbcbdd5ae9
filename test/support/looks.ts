import { en } from '../../web/src/language/en.ts';
import { ru } from '../../web/src/language/ru.ts';
import type { Words } from '../../web/src/language/words.ts';
import type { Looking } from './page.ts';

/** How the page is looked at: both languages, both widths, both themes. */
export interface Look {
  readonly name: string;
  readonly looking: Looking & { readonly width: number };
  readonly t: Words;
}

export const looks: readonly Look[] = [
  { name: 'English, wide and light', looking: { width: 1280, language: 'en' }, t: en },
  { name: 'Russian, narrow and dark', looking: { width: 360, height: 740, language: 'ru', dark: true }, t: ru },
];
