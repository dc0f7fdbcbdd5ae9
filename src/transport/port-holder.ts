import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** A program that has a port open. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/**
 * Who has this device open, as far as this user may see it: other users' processes show theirs to root only. Empty where there is no `/proc`.
 * @param device a path without symbolic links
 * @param proc `/proc`, or a picture of it
 */
export async function holdersOf(device: string, proc = '/proc'): Promise<readonly PortHolder[]> {
  const processes = (await list(proc)).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    processes.map(async (name): Promise<PortHolder | null> => {
      const folder = `${proc}/${name}/fd`;
      for (const descriptor of await list(folder)) {
        const target = await readlink(`${folder}/${descriptor}`).catch(() => null);
        if (target === device) return { pid: Number(name), command: await commandOf(Number(name), proc) };
      }
      return null;
    }),
  );
  return found.filter((holder) => holder !== null);
}

/** The name of a program as a person knows it: `ModemManager`, or `node main.ts` for a script. */
export async function commandOf(pid: number, proc = '/proc'): Promise<string> {
  const line = await readFile(`${proc}/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program = '', ...words] = line.split('\0').filter((word) => word !== '');
  const name = basename(program);
  if (name === '') return 'another program';
  const script = /^(?:node|python[\d.]*|perl|bash|sh)$/.test(name)
    ? words.find((word) => !word.startsWith('-'))
    : undefined;
  return script === undefined ? name : `${name} ${basename(script)}`;
}

/** The process id of a program of this name, or null. */
export async function processNamed(name: string, proc = '/proc'): Promise<number | null> {
  // The kernel keeps the first 15 characters of a name.
  const wanted = name.slice(0, 15);
  for (const entry of await list(proc)) {
    if (!/^\d+$/.test(entry)) continue;
    const comm = await readFile(`${proc}/${entry}/comm`, 'utf8').catch(() => '');
    if (comm.trimEnd() === wanted) return Number(entry);
  }
  return null;
}

/** When a process began, in ticks since the machine did; with its id it names one process for ever. Null when it is gone or unknown. */
export async function startTimeOf(pid: number, proc = '/proc'): Promise<string | null> {
  const line = await readFile(`${proc}/${pid}/stat`, 'utf8').catch(() => '');
  // proc(5): field 22. The name in field 2 may hold spaces and brackets, so the count begins behind its last bracket.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields[19] ?? null;
}

/** What to do about a holder, as the end of a sentence's paragraph. */
export function adviceFor({ command }: PortHolder): string {
  if (command === 'ModemManager') {
    return 'It tries every modem that it sees. Keep it off with "sudo systemctl mask --now ModemManager", or off this modem alone with the udev rule ENV{ID_MM_DEVICE_IGNORE}="1".';
  }
  if (command === 'brltty')
    return 'It takes serial adapters for Braille displays. Remove it with "sudo apt remove brltty".';
  return 'A port can serve only one program: end it, or name another port with MODEM_PORT.';
}

async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
