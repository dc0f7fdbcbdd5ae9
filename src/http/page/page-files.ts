import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One file of the page, as it was built. */
export interface PageFile {
  readonly contentType: string;
  /** Its name has a hash of what is in it: a browser may keep it for ever. */
  readonly immutable: boolean;
  readonly etag: string;
  /** Where it lies, by content encoding; `identity` is there always. */
  readonly paths: Readonly<Partial<Record<Encoding, string>>> & { readonly identity: string };
}

export type Encoding = 'br' | 'gzip' | 'identity';
const suffixes: readonly (readonly [Encoding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** Written last by the build. */
export const builtMark = 'built.json';
export const pageIndex = '/index.html';

/**
 * The files of the built page by their paths (`/assets/app-1a2b.js`): only what is in this list is ever read, whatever a request names.
 * Null when no page was built there.
 */
export function readPage(directory: string): ReadonlyMap<string, PageFile> | null {
  if (builtAt(directory) === null) return null;
  const all = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const known = new Set(all);
  const files = new Map<string, PageFile>();
  for (const path of all) {
    const contentType = types[extname(path)];
    if (contentType === undefined) continue;
    const encoded = suffixes.flatMap(([encoding, suffix]) =>
      known.has(`${path}${suffix}`) ? [[encoding, `${path}${suffix}`] as const] : [],
    );
    const name = `/${relative(directory, path).split(sep).join('/')}`;
    const hash = createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22);
    files.set(name, {
      contentType,
      immutable: name.startsWith('/assets/'),
      etag: `"${hash}"`,
      paths: { ...Object.fromEntries(encoded), identity: path },
    });
  }
  return files;
}

/** When the page was built, epoch ms; null when none was. */
export function builtAt(directory: string): number | null {
  return statSync(join(directory, builtMark), { throwIfNoEntry: false })?.mtimeMs ?? null;
}
