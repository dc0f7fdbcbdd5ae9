import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../core/clock.ts';
import { builtAt } from '../http/page/page-files.ts';

const root = resolve(import.meta.dirname, '../..');

/** Where the page lies when it is built, in a checkout and in a package. */
export const pageDirectory = join(root, 'dist/web');

/** What the page is made of; nothing of it is in a package, which has the page itself. */
const sources = ['web', 'package-lock.json'].map((name) => join(root, name));
const builder = join(root, 'node_modules/vite/bin/vite.js');

/** Whether the page is missing or older than its sources, and can be built here. */
export function pageIsStale(): boolean {
  if (!sources.every((path) => existsSync(path)) || !existsSync(builder)) return false;
  const built = builtAt(pageDirectory);
  return built === null || sources.some((path) => newestIn(path) > built);
}

function newestIn(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const entries = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return entries.reduce((newest, name) => Math.max(newest, statSync(join(path, name)).mtimeMs), mtimeMs);
}

/**
 * Builds the page in a process of its own, beside the one that is there, and then puts it in its place: who asks meanwhile gets the old one.
 * Two that build at once each build for themselves, and the later one stays.
 * @returns what went wrong, in the builder's words; null when all is well
 */
export async function buildPage(): Promise<string | null> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const fresh = join(root, `dist/web-${process.pid}`);
  const words = [builder, 'build', join(root, 'web'), '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], env: buildEnvironment() });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number | null>((done) => {
    child.once('error', (error) => {
      said += error.message;
      done(1);
    });
    child.once('close', done);
  });
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return said.trim() === '' ? `the builder ended with ${code}` : said.trim();
  }
  const old = join(root, `dist/web-old-${process.pid}`);
  if (existsSync(pageDirectory)) renameSync(pageDirectory, old);
  renameSync(fresh, pageDirectory);
  rmSync(old, { recursive: true, force: true });
  return null;
}

/** The builder needs none of what a gateway is told, secrets among it. */
function buildEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NODE_ENV: 'production' };
}

/** Builds the page when it must be, says so, and says when it is there. The gateway works meanwhile. */
export async function bringPageUpToDate(say: (line: string) => void): Promise<void> {
  if (!pageIsStale()) return;
  say('Building the web page, which takes some seconds. Messages come in and go out meanwhile.');
  const began = systemClock.monotonic();
  const wrong = await buildPage();
  const seconds = ((systemClock.monotonic() - began) / 1_000).toFixed(1);
  say(wrong === null ? `The web page is ready, after ${seconds} s.` : `The web page could not be built: ${wrong}`);
}
