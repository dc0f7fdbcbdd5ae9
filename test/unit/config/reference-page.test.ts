import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { settingNames } from '../../../src/config/names.ts';
import { configurationPage } from '../../../src/config/reference-page.ts';
import { settingsTable } from '../../../src/config/settings.ts';

const committed = resolve(import.meta.dirname, '../../../docs/reference/configuration.md');

it('is what the table says', () => {
  expect(readFileSync(committed, 'utf8'), 'docs/reference/configuration.md is out of date: run "npm run docs"').toBe(
    configurationPage(),
  );
});

it('names every setting with its default', () => {
  const page = configurationPage();
  for (const name of settingNames) {
    const { env, default: words } = settingsTable[name];
    expect(page).toContain(`\n## ${env}\n`);
    if (words !== null) expect(page).toContain(`- default: \`${words}\``);
  }
});
