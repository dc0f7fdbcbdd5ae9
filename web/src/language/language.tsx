import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './en.ts';
import { ru } from './ru.ts';
import { ruProblems } from './ru-problems.ts';
import type { Plural, Words } from './words.ts';

export const languages = { en, ru } as const;
export type LanguageCode = keyof typeof languages;
/** The gateway's own sentences are English. */
const problems: Readonly<Record<LanguageCode, Readonly<Record<string, string>>>> = { en: {}, ru: ruProblems };
const isLanguage = (code: string | null): code is LanguageCode => code !== null && Object.hasOwn(languages, code);

const remembered = 'simloft.language';

export interface Language {
  readonly code: LanguageCode;
  readonly t: Words;
  /** What went wrong, by the code of the gateway's error; empty where its own sentence will do. */
  readonly problems: Readonly<Record<string, string>>;
  readonly plural: Plural;
  /** `14:05` today, `23 Nov, 14:05` before. */
  readonly moment: (iso: string) => string;
  /** `14:05:33` */
  readonly clock: (iso: string) => string;
  readonly number: (value: number) => string;
  readonly choose: (code: LanguageCode) => void;
}

const Context = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = useContext(Context);
  if (language === null) throw new Error('There is no language around this.');
  return language;
}

/** What was chosen here before, or else what the browser prefers. */
function firstLanguage(): LanguageCode {
  const chosen = localStorage.getItem(remembered);
  if (isLanguage(chosen)) return chosen;
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return preferred ?? 'en';
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [code, setCode] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = code;
  }, [code]);
  const language = useMemo(() => languageOf(code, setCode), [code]);
  return <Context value={language}>{children}</Context>;
}

function languageOf(code: LanguageCode, setCode: (code: LanguageCode) => void): Language {
  const t = languages[code];
  const rules = new Intl.PluralRules(t.locale);
  const time = new Intl.DateTimeFormat(t.locale, { timeStyle: 'short' });
  const seconds = new Intl.DateTimeFormat(t.locale, { timeStyle: 'medium' });
  const dateAndTime = new Intl.DateTimeFormat(t.locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const numbers = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 2 });
  return {
    code,
    t,
    problems: problems[code],
    plural(count, forms) {
      const rule = rules.select(count);
      return (
        (rule === 'one' ? forms.one : rule === 'few' ? forms.few : rule === 'many' ? forms.many : null) ?? forms.other
      );
    },
    moment(iso) {
      const at = new Date(iso);
      return (at.toDateString() === new Date().toDateString() ? time : dateAndTime).format(at);
    },
    clock: (iso) => seconds.format(new Date(iso)),
    number: (value) => numbers.format(value),
    choose(chosen) {
      localStorage.setItem(remembered, chosen);
      setCode(chosen);
    },
  };
}
