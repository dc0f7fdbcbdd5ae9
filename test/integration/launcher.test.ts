import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/gateway-process.ts';

const launcher = resolve(import.meta.dirname, '../../bin/simloft');

/** A folder with the launcher and a program that prints its arguments, as a checkout or as an installed package has it. */
function installation(folder: string, main: 'src/cli/main.ts' | 'dist/cli/main.js'): string {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, main, '..'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, main), `console.log('${main}', JSON.stringify(process.argv.slice(2)));`);
  const copy = join(folder, 'bin/simloft');
  copyFileSync(launcher, copy);
  chmodSync(copy, 0o755);
  return copy;
}

/** A `node` that claims to be of this version. */
function fakeNode(folder: string, major: number): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'node');
  const real = JSON.stringify(process.execPath);
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = -e ]; then exit ${major >= 24 ? 0 : 1}; fi\nexec ${real} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('bin/simloft', () => {
  it('hands its words over as they are', () => {
    using folder = temporaryFolder();
    const program = installation(folder.path, 'src/cli/main.ts');
    fakeNode(join(folder.path, 'node_modules/.bin'), 24);
    const words = ['send', '+79161234567', 'a "b"  c', '', '*'];
    const output = execFileSync(program, words, { encoding: 'utf8', cwd: '/' });
    expect(output).toBe(`src/cli/main.ts ${JSON.stringify(words)}\n`);
  });

  it('is found through links, also relative ones', () => {
    using folder = temporaryFolder();
    const program = installation(join(folder.path, 'place'), 'src/cli/main.ts');
    fakeNode(join(folder.path, 'place/node_modules/.bin'), 24);
    symlinkSync(program, join(folder.path, 'absolute'));
    symlinkSync('absolute', join(folder.path, 'relative'));
    expect(execFileSync(join(folder.path, 'relative'), { encoding: 'utf8' })).toBe('src/cli/main.ts []\n');
  });

  it('runs what was built when there are no sources, on the Node.js of the path', () => {
    using folder = temporaryFolder();
    const program = installation(folder.path, 'dist/cli/main.js');
    fakeNode(join(folder.path, 'path'), 24);
    const env = { PATH: `${join(folder.path, 'path')}:/usr/bin:/bin` };
    expect(execFileSync(program, ['inbox'], { encoding: 'utf8', env })).toBe('dist/cli/main.js ["inbox"]\n');
  });

  it('says in a sentence that Node.js is too old', () => {
    using folder = temporaryFolder();
    const program = installation(folder.path, 'src/cli/main.ts');
    const old = fakeNode(join(folder.path, 'path'), 20);
    const env = { PATH: `${join(folder.path, 'path')}:/usr/bin:/bin` };
    const { status, stdout, stderr } = spawnSync(program, { encoding: 'utf8', env });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^simloft: Node\.js 24 or newer is needed, and .* is older\. Run "npm ci" in .*\n$/);
    expect(stderr).toContain(old);
  });
});
