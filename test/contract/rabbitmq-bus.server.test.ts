import { inject } from 'vitest';
import { openRabbitBus } from '../../src/bus/rabbitmq/rabbitmq-bus.ts';
import { systemClock } from '../../src/core/clock.ts';
import { newId } from '../../src/core/ids.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { realTime } from '../support/real-time.ts';
import { busContract } from './bus.ts';

busContract('RabbitMQ', async () => {
  const bus = await openRabbitBus({
    url: inject('rabbitUrl'),
    name: 'contract',
    prefix: newId(),
    groups: [],
    clock: systemClock,
    log: silentLogger,
  });
  return { bus, clock: realTime, safeWhen: 'kept' };
});
