import { foldText } from './folded-text.ts';

/** A code in the form that browsers read, with the site it is for. */
export interface WebOtp {
  readonly code: string;
  readonly domain: string;
  readonly start: number;
  readonly end: number;
}

const line =
  /^@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*) [#＃]([^\s@#]{1,40})(?: @[a-z0-9.-]{1,253})?(?: %[^\s]{1,80})?\s*$/gimu;

/** The last line `@example.com #123456` of a text, as browsers read it; undefined where there is none. */
export function findWebOtp(text: string): WebOtp | undefined {
  const match = [...text.matchAll(line)].at(-1);
  const domain = match?.[1];
  const code = match?.[2];
  if (match === undefined || domain === undefined || code === undefined) return undefined;
  const start = match.index + match[0].indexOf(code, domain.length + 2);
  return { code, domain: foldText(domain), start, end: start + code.length };
}
