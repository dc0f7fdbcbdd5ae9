/** What commas separate, without blanks around it. */
export const listOf = (words: string): readonly string[] =>
  words
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
