import { at } from '../at/commands.ts';
import type { AtLine, RunOptions } from '../at/channel.ts';
import { readIccid, readImsi } from '../at/replies/sim.ts';
import { type AskOptions, ask, isTimeout, tryAsk } from './ask.ts';
import type { Profile } from './families/profile.ts';

/** Who the SIM is. */
export interface SimIdentity {
  readonly imsi: string | null;
  readonly iccid: string | null;
}

/** The ICCID by whatever way this modem knows; null when it knows none. */
export async function readIccidOf(
  line: Pick<AtLine, 'run'>,
  profile: Profile,
  options: RunOptions = {},
): Promise<string | null> {
  for (const command of [...profile.iccid.map(at.iccid), at.crsmIccid()]) {
    const iccid = readIccid((await tryAsk(line, command, options))?.lines ?? []);
    if (iccid !== null) return iccid;
  }
  return null;
}

/**
 * Reads both numbers. A card says READY before it can be read, so the IMSI is waited for. The ICCID that was read for the same
 * IMSI before stands in where it cannot be read now: messages are told apart by it, so it must not come and go.
 */
export async function readSimIdentity(
  line: Pick<AtLine, 'run'>,
  { profile, before, ...options }: AskOptions & { readonly profile: Profile; readonly before: SimIdentity | null },
): Promise<SimIdentity> {
  const imsi = await readImsiPatiently(line, options);
  const { clock: _, tries: __, pauseMs: ___, ...run } = options;
  const iccid = await readIccidOf(line, profile, run);
  return { imsi, iccid: iccid ?? (before?.imsi === imsi ? (before?.iccid ?? null) : null) };
}

async function readImsiPatiently(line: Pick<AtLine, 'run'>, options: AskOptions): Promise<string | null> {
  try {
    return readImsi((await ask(line, at.cimi(), options)).lines);
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}
