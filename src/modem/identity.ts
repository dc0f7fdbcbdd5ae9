import { at } from '../at/commands.ts';
import type { AtCommand } from '../at/command.ts';
import type { AtLine, RunOptions } from '../at/channel.ts';
import { readIdentity, readImei } from '../at/replies/identity.ts';
import { tryAsk } from './ask.ts';
import { chooseProfile } from './families/choose.ts';
import type { Profile } from './families/profile.ts';
import type { ModemSettings } from './settings.ts';

/** What decides how the modem is treated. */
export interface Make {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly profile: Profile;
}

/** TS 27.007 §4.1 and §4.2: who made it, and what it is. */
export async function readMake(
  line: Pick<AtLine, 'run'>,
  family: ModemSettings['family'],
  options: RunOptions,
): Promise<Make> {
  const manufacturer = await readWord(line, at.cgmi(), options);
  const model = await readWord(line, at.cgmm(), options);
  return { manufacturer, model, profile: chooseProfile(family, { manufacturer, model }) };
}

/** TS 27.007 §4.3 and §4.4: what nothing depends on. */
export async function readDetails(
  line: Pick<AtLine, 'run'>,
  options: RunOptions,
): Promise<{ readonly firmware: string | null; readonly imei: string | null }> {
  const imei = readImei((await tryAsk(line, at.cgsn(), options))?.lines ?? []);
  return { firmware: await readWord(line, at.cgmr(), options), imei };
}

async function readWord(line: Pick<AtLine, 'run'>, command: AtCommand, options: RunOptions): Promise<string | null> {
  return readIdentity((await tryAsk(line, command, options))?.lines ?? []);
}
