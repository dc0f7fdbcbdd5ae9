import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They wait for servers, modems and browsers more than they compute, the longest first. One that is not named here only ends later. */
const long: readonly string[] = [
  'e2e/page/actions.test.ts',
  'torture/roles-sample.server.test.ts',
  'faults/rabbitmq-lost.server.test.ts',
  'e2e/page/setup.test.ts',
  'faults/webhooks.server.test.ts',
  'e2e/page/settings.test.ts',
  'integration/store-transfer.server.test.ts',
  'e2e/move-store.test.ts',
  'integration/compose-image.test.ts',
  'e2e/page/screens.test.ts',
  'e2e/resources.test.ts',
  'faults/roles.server.test.ts',
  'faults/postgres-lost.server.test.ts',
  'e2e/commands.test.ts',
];

/**
 * Begins with the tests that take long, whatever their project, and lets those that compute fill the gaps: the suite is over when the
 * machine has done its work, not when the last long one has waited.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = long.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return index < 0 ? long.length : index;
    };
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}
