/**
 * What one language says about codes and about other numbers. Wordings are in small letters; accents do not matter, a
 * blank stands for blanks or a dash, and `*` for any ending (or, in front, for the other words of a compound).
 */
export interface Wording {
  /** The English name of the language. */
  readonly language: string;
  /** True where words stand without blanks between them or take their endings and prefixes without a mark. */
  readonly spaceless?: true;
  /** These mean a code that is used once: "verification code". */
  readonly sure: readonly string[];
  /** These may mean one: "code", "password". */
  readonly plain: readonly string[];
  /** Words that ask to type what comes next, where no noun says what it is: "enter". */
  readonly acts: readonly string[];
  /** Codes that are not used once: "zip code", "error code". */
  readonly others: readonly string[];
  /** Codes of shops: "promo code". Where one is named, a mere "code" is taken to mean it. */
  readonly promos: readonly string[];
  /** What only advertising says: "discount". */
  readonly sales: readonly string[];
  /** What is confirmed by a code: "log in", "payment". */
  readonly purposes: readonly string[];
  /** Of these, the ones that a code alone may follow without being called a code: "verification: 123456". */
  readonly logins: readonly string[];
  /** "Do not share", "never ask". A code that is named after it is named only to warn. */
  readonly warnings: readonly string[];
  /** What may stand between the noun and the code without parting them: "is", "your". */
  readonly links: readonly string[];
  /** Sums and what is left: "balance". The number after it is no code. */
  readonly sums: readonly string[];
  /** Cards and accounts. */
  readonly cards: readonly string[];
  /** Orders, contracts, parcels, and the word "number" itself. */
  readonly papers: readonly string[];
  /** Telephones: "call". */
  readonly phones: readonly string[];
  /** "Send … to": the number after it is one to write to. */
  readonly replies: readonly string[];
  /** Rooms, houses, gates, lockers. */
  readonly places: readonly string[];
  /** Months and the word "year", beside which a number is a date. */
  readonly dates: readonly string[];
  /** What is counted: money, points, megabytes. The number before it is no code. */
  readonly units: readonly string[];
  /** "Valid for", "expires". */
  readonly valid: readonly string[];
  readonly seconds: readonly string[];
  readonly minutes: readonly string[];
  readonly hours: readonly string[];
}

/** The lists of a wording that are looked for in a text. */
export type WordingRole = Exclude<keyof Wording, 'language' | 'spaceless'>;
