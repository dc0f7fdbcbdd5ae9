import { existsSync } from 'node:fs';
import { requireProgram } from './install.ts';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where the browser of the tests is. */
export const chromiumPath = (): string =>
  requireProgram({
    name: 'Chromium',
    packages: ['chromium'],
    find: () => paths.find((path) => existsSync(path)) ?? null,
  });
