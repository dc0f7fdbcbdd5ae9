import type { Wording } from '../wording.ts';
import { arabic } from './arabic-table.ts';
import { chinese } from './chinese-table.ts';
import { dutch } from './dutch-table.ts';
import { english } from './english-table.ts';
import { french } from './french-table.ts';
import { german } from './german-table.ts';
import { italian } from './italian-table.ts';
import { japanese } from './japanese-table.ts';
import { kazakh } from './kazakh-table.ts';
import { korean } from './korean-table.ts';
import { polish } from './polish-table.ts';
import { portuguese } from './portuguese-table.ts';
import { russian } from './russian-table.ts';
import { spanish } from './spanish-table.ts';
import { turkish } from './turkish-table.ts';
import { ukrainian } from './ukrainian-table.ts';

/** All languages that the search knows. It reads a text in all of them at once: many messages mix two. */
export const languages: readonly Wording[] = [
  english,
  russian,
  chinese,
  german,
  spanish,
  french,
  turkish,
  ukrainian,
  kazakh,
  portuguese,
  italian,
  polish,
  dutch,
  japanese,
  korean,
  arabic,
];
