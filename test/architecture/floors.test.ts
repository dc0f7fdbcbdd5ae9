import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which folder may import which; the same table as in docs/architecture.md. A folder may always import itself. */
const floors: Readonly<Record<string, readonly string[]>> = {
  core: [],
  pdu: ['core'],
  codes: ['core'],
  at: ['core'],
  transport: ['core'],
  modem: ['core', 'pdu', 'at', 'transport'],
  virtual: ['core', 'transport'],
  bus: ['core'],
  store: ['core'],
  app: [
    'core',
    'pdu',
    'codes',
    'bus/bus.ts',
    'store/store.ts',
    'store/records.ts',
    'store/access-records.ts',
    'store/audit-records.ts',
    'store/session-records.ts',
    'store/link-records.ts',
    'store/privacy-records.ts',
    'store/feed-records.ts',
    'store/claim-records.ts',
    'store/message-records.ts',
    'store/contact-records.ts',
    'store/point-records.ts',
    'webhook',
    'store/webhook-records.ts',
  ],
  http: ['core', 'codes', 'app', 'store/access-records.ts'],
  metrics: ['core', 'bus/bus.ts', 'store/store.ts', 'store/records.ts', 'store/webhook-records.ts'],
  config: ['core'],
  webhook: ['core'],
  cli: [
    'core',
    'pdu',
    'codes',
    'at',
    'transport',
    'modem',
    'virtual',
    'bus',
    'store',
    'app',
    'http',
    'config',
    'metrics',
    'webhook',
  ],
};

/** Packages that one file (or one folder, with a slash at its end) alone may import, and floors that may import no package and no part of Node. */
const soleImporter: Readonly<Record<string, string>> = {
  valibot: 'src/http/',
  '@valibot/to-json-schema': 'src/http/api/openapi.ts',
  '@serialport/bindings-cpp': 'src/transport/serial.ts',
  '@lydell/node-pty': 'src/virtual/pty.ts',
  'node:sqlite': 'src/store/sqlite/open.ts',
  pg: 'src/store/postgres/pool.ts',
  pino: 'src/cli/logger.ts',
  'rabbitmq-client': 'src/bus/rabbitmq/',
  'prom-client': 'src/metrics/prom-client-parts.d.ts',
  'prom-client/lib/counter.js': 'src/metrics/instruments.ts',
  'prom-client/lib/gauge.js': 'src/metrics/instruments.ts',
  'prom-client/lib/histogram.js': 'src/metrics/instruments.ts',
  'prom-client/lib/registry.js': 'src/metrics/instruments.ts',
  yaml: 'src/config/file.ts',
  nodemailer: 'src/webhook/mail.ts',
};
const pureFloors = ['core', 'pdu', 'codes', 'at'];

const root = resolve(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name).replaceAll('\\', '/'));

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf(file: string): string[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

/** `src/at/channel.ts` → `at`. */
const floorOf = (file: string) => file.split('/')[1] ?? '';
const target = (file: string, specifier: string) =>
  relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/');

const text = (file: string) => readFileSync(join(root, file), 'utf8');

describe('floors', () => {
  it('reads enough files to mean anything', () => {
    expect(files.length).toBeGreaterThan(90);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(250);
  });

  it('imports only downwards', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const allowed = floors[floorOf(file)];
      if (allowed === undefined) {
        wrong.push(`${file}: its folder is not in the table`);
        continue;
      }
      for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
        const imported = target(file, specifier);
        const floor = floorOf(imported);
        if (floor === floorOf(file) || allowed.includes(floor) || allowed.includes(imported.slice('src/'.length)))
          continue;
        wrong.push(`${file} imports ${imported}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps each package behind one door, and the lowest floors free of packages and of Node', () => {
    const wrong: string[] = [];
    for (const file of files) {
      for (const specifier of importsOf(file).filter((name) => !name.startsWith('.'))) {
        const door = soleImporter[specifier];
        if (door !== undefined && door !== file && !(door.endsWith('/') && file.startsWith(door)))
          wrong.push(`${file} imports ${specifier}, which is ${door}'s`);
        if (pureFloors.includes(floorOf(file))) wrong.push(`${file} imports ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has no import cycle, types counted', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((name) => name.startsWith('.'))
          .map((name) => target(file, name)),
      ]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('house rules', () => {
  it('keeps files within 400 lines (tables of a standard excepted)', () => {
    const long = files.filter((file) => !/table/.test(file) && text(file).split('\n').length > 401);
    expect(long).toEqual([]);
  });

  it('takes time and chance from core alone', () => {
    const pattern = /\bDate\.now\(|\bnew Date\(\)|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(|\bperformance\.now\(/;
    // It holds a script for a browser, whose time is not ours.
    const forBrowsers = 'src/http/failure-html.ts';
    const own = files.filter((file) => floorOf(file) !== 'core' && file !== forBrowsers);
    expect(own.filter((file) => pattern.test(text(file)))).toEqual([]);
  });

  it('throws nothing but the one error class', () => {
    const wrong = files.filter((file) => /throw new (?:Type|Range)?Error\(/.test(text(file)));
    expect(wrong).toEqual([]);
  });

  it('leaves nothing to do later', () => {
    const wrong = files.filter((file) => /\b(?:TODO|FIXME|XXX)\b/.test(text(file)));
    expect(wrong).toEqual([]);
  });
});
