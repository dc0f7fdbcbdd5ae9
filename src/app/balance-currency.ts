/** How operators write currencies, lower case. A sign or a word must not run on into another word. */
const currencies: readonly (readonly [code: string, written: string])[] = [
  ['RUB', 'руб(?:л[а-я]+)?|р|₽|rub|rur|r'],
  ['KZT', 'тенге|тг|₸|kzt|tg'],
  ['KGS', 'сом|kgs|som'],
  ['UZS', 'сум|uzs|sum'],
  ['UAH', 'грн|гривен|₴|uah|hrn'],
  ['BYN', 'byn|бел\\. ?руб'],
  ['EUR', '€|eur|euro'],
  ['USD', '\\$|usd'],
  ['GBP', '£|gbp'],
  ['PLN', 'zł|zl|pln'],
  ['CZK', 'kč|kc|czk'],
];

const following = currencies.map(
  ([code, written]) => [code, new RegExp(`^[ \\n]?(?:${written})(?!\\p{L})`, 'u')] as const,
);
const leading: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['EUR', /(?:€|eur)\s?-?$/],
  ['USD', /(?:\$|usd)\s?-?$/],
  ['GBP', /(?:£|gbp)\s?-?$/],
  ['RUB', /(?:₽|rub)\s?-?$/],
];

/** ISO 4217 code of the currency that the text (lower case) begins with; null when it begins with none. */
export function currencyAfter(text: string): string | null {
  return following.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** The same for a sign right before the number: `$5.20`. */
export function currencyBefore(text: string): string | null {
  return leading.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** `174 руб. 60 коп.`: the 60; null when the text (after the first number) does not go on like that. */
export function kopecksAfter(text: string): number | null {
  const digits = /^\s?(?:руб[а-я]*|р)\.?,?\s*(\d{1,2})\s*(?:коп|к(?!\p{L}))/u.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
