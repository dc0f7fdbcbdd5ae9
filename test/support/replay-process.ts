import { openDeadLetters } from '../../src/bus/rabbitmq/dead-letters.ts';
import { systemClock } from '../../src/core/clock.ts';

/** Replays all dead letters of the installation that the two arguments name, and says how far it is: for tests that kill it. */
const [url = '', prefix = ''] = process.argv.slice(2);
const letters = await openDeadLetters({ url, prefix, clock: systemClock });
const { replayed } = await letters.replay({}, (done, all) => process.stdout.write(`${done} of ${all}\n`));
process.stdout.write(`put back ${replayed}\n`);
await letters.close();
