import { at } from '../at/commands.ts';
import type { AtLine } from '../at/channel.ts';
import { readIndicationChoices, readIndications } from '../at/replies/indications.ts';
import { type AskOptions, ask, tryAsk } from './ask.ts';

/** AT+CNMI as it stands: mode, mt, bm, ds, bfr (TS 27.005 §3.4.1). */
export type Indications = readonly number[];

/**
 * The part of the ladder that the modem claims to accept, or all of it where it claims nothing fitting: the answer to
 * `AT+CNMI=?` errs in both directions, so it only shortens the way.
 */
export function fittingIndications(
  ladder: readonly Indications[],
  choices: readonly (readonly number[])[] | null,
): readonly Indications[] {
  if (choices === null) return ladder;
  const fitting = ladder.filter((values) => values.every((value, at) => choices[at]?.includes(value) ?? false));
  return fitting.length === 0 ? ladder : fitting;
}

/** Whether what the modem reads back is what was set; firmware that tells fewer values is believed. */
export function sameIndications(wanted: Indications, told: readonly number[] | null): boolean {
  return told === null || told.every((value, at) => wanted[at] === undefined || wanted[at] === value);
}

/**
 * Sets the best combination that the modem accepts and then really keeps. Null when it takes none: messages are
 * then found by sweeps alone.
 */
export async function chooseIndications(
  line: Pick<AtLine, 'run'>,
  ladder: readonly Indications[],
  options: AskOptions,
): Promise<Indications | null> {
  const choices = await tryAsk(line, at.cnmiChoices(), options);
  const fitting = fittingIndications(ladder, readIndicationChoices(choices?.lines ?? []));
  const rest = ladder.filter((values) => !fitting.includes(values));
  for (const values of [...fitting, ...rest]) {
    if (!(await ask(line, at.cnmi(...values), options)).ok) continue;
    const told = await tryAsk(line, at.cnmiRead(), options);
    if (sameIndications(values, readIndications(told?.lines ?? []))) return values;
  }
  return null;
}
