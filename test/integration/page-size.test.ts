import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageDirectory } from '../../src/cli/page-build.ts';

const mostKB = 150;

it('the first load takes no more than 150 kB of JavaScript, packed', () => {
  const index = readFileSync(join(pageDirectory, 'index.html'), 'utf8');
  const first = [...index.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(first.length).toBeGreaterThan(0);
  // What is too small to gain by it is served as it is.
  const packed = first.map(
    (path) => statSync(join(pageDirectory, existsSync(join(pageDirectory, `${path}.gz`)) ? `${path}.gz` : path)).size,
  );
  expect(packed.reduce((sum, size) => sum + size, 0) / 1_000).toBeLessThanOrEqual(mostKB);
});

it('nothing is loaded from elsewhere', () => {
  const files = readdirSync(pageDirectory, { recursive: true, encoding: 'utf8' });
  const index = readFileSync(join(pageDirectory, 'index.html'), 'utf8');
  expect(index).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  const styles = files
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(pageDirectory, name), 'utf8'));
  expect(styles.length).toBeGreaterThan(0);
  expect(styles.join('')).not.toMatch(/@import|url\((?!["']?data:)/);
});
