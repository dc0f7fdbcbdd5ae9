import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './compose-file.ts';
import { type Copy, copiesOf, type Instruction, type Stage } from './dockerfile.ts';

const application = '/app';

/**
 * Does what the Dockerfile says in a folder for each stage, without an engine: files are copied from where it says, and its RUN lines are
 * those that are known here. What npm would fetch is taken from node_modules.
 * @returns the folder that is `/app` in the image
 */
export function buildImage(stages: readonly Stage[], folder: string): string {
  for (const { name, instructions } of stages) {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    for (const instruction of instructions) {
      if (instruction.keyword === 'RUN') runIn(place, instruction);
      for (const copy of copiesOf([instruction])) copyInto(place, copy, folder);
    }
  }
  return join(folder, stages.at(-1)?.name ?? '');
}

/** The known commands. Another one needs a line here, or the image would not be what is tried. */
function runIn(place: string, { text }: Instruction): void {
  if (text === 'npm ci --omit=dev --ignore-scripts') copyProductionPackages(place);
  else if (text === 'npm ci --ignore-scripts') symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  else if (text === 'npm run build')
    execFileSync('/bin/sh', ['-c', buildScript()], { cwd: place, env: buildEnvironment(place) });
  else if (!text.startsWith('useradd ')) throw new Error(`The Dockerfile runs something unknown: ${text}`);
}

/** What `npm run build` runs, and where npm would find its programs. */
function buildScript(): string {
  const manifest: { scripts: { build: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return manifest.scripts.build;
}

const buildEnvironment = (place: string) => ({
  ...process.env,
  PATH: [join(place, 'node_modules/.bin'), process.env['PATH']].join(':'),
});

function copyInto(place: string, { stage, sources, target }: Copy, folder: string): void {
  for (const source of sources) {
    const from = stage === null ? join(root, source) : join(folder, stage, source.slice(application.length));
    const to = target.endsWith('/') ? join(place, target, basename(source)) : join(place, target);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to, { recursive: true });
  }
}

/** What the lock file says without the packages for development, as npm leaves it when it may run no scripts. */
function copyProductionPackages(place: string): void {
  for (const path of productionPackages()) {
    const from = join(root, path);
    if (existsSync(from)) cpSync(from, join(place, path), { recursive: true, filter: (name) => !isBuilt(name) });
  }
}

/** What a package compiled for this machine when it was installed. */
const isBuilt = (path: string) => path.endsWith('/build') && existsSync(join(dirname(path), 'binding.gyp'));

/** Their folders: `node_modules/pg`. */
export function productionPackages(): readonly string[] {
  const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path]) => path);
}
