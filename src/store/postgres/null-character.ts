/**
 * A text of PostgreSQL cannot hold U+0000, which a message may. It is kept as two noncharacters, which no message means
 * anything by (Unicode §23.7: they are for inner use), and the first of them doubled where a message has it all the same.
 */
const mark = '\ufdd0';
const nul = `${mark}\ufdd1`;
const doubled = `${mark}${mark}`;

/** As the database keeps it. */
export function withoutNull(text: string): string {
  if (!text.includes('\0') && !text.includes(mark)) return text;
  return text.replaceAll(mark, doubled).replaceAll('\0', nul);
}

/** As it was given. */
export function withNull(text: string): string {
  if (!text.includes(mark)) return text;
  return text.replaceAll(/\ufdd0([\ufdd0\ufdd1])/g, (_, second: string) => (second === mark ? mark : '\0'));
}
