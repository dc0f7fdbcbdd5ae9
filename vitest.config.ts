import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/long-first.ts';

// Times without a zone are the process's own; the tests that show some are written for this one.
process.env['TZ'] = 'Europe/Moscow';
// Gateways that are meant to fail end at once; the test of the page that says why sets it anew.
process.env['FAILURE_PAGE'] = '0';

const shared = { environment: 'node' as const, testTimeout: 15_000, hookTimeout: 15_000 };

/** Tests that need PostgreSQL or RabbitMQ; the set-up of their project brings both. */
const needsServers = ['test/**/*.server.test.ts'];

/** Pure and in-process tests share one module graph (nothing here has global state), which makes them about ten times quicker. */
export default defineConfig({
  test: {
    reporters: [['default', { summary: false }], './test/support/closing-line.ts'],
    pool: 'forks',
    // Most tests that take long wait for a process, a server or a modem: more of them than cores side by side.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: ['test/{unit,golden,property,contract,architecture,conformance}/**/*.test.ts'],
          exclude: needsServers,
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'whole',
          include: ['test/{integration,faults,e2e,torture}/**/*.test.ts'],
          exclude: needsServers,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'servers',
          include: needsServers,
          globalSetup: ['test/support/servers/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'json-summary'] },
  },
});
