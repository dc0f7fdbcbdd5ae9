import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

/**
 * The programs of a server. They are taken where they are installed; on Debian, as root, the package is installed first,
 * without starting a server of its own.
 * @throws with one line that says what to install.
 */
export function requireProgram(what: { name: string; packages: readonly string[]; find: () => string | null }): string {
  const found = what.find();
  if (found !== null) return found;
  const hint = `The tests need ${what.name}: install ${what.packages.join(' ')} (on Debian: apt-get install ${what.packages.join(' ')}).`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(hint);
  process.stdout.write(`Installing ${what.name} for the tests (${what.packages.join(' ')}).\n`);
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  // Packages start their server as soon as they are there, unless this says no.
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const install = ['install', '-y', '-q', '--no-install-recommends', ...what.packages];
    if (!aptGet(install)) {
      aptGet(['update', '-q']);
      if (!aptGet(install)) throw new Error(hint);
    }
  } finally {
    if (ours) rmSync(policy);
  }
  const installed = what.find();
  if (installed === null) throw new Error(hint);
  return installed;
}

function aptGet(args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return status === 0;
}
