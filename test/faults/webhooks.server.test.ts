import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askFor } from '../support/gateway-process.ts';
import { Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

let stack: Stack;
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await new WebhookReceiver().start();
  stack = await Stack.start({ modems: {}, shared: 'webhooks' });
  await stack.add('second scheduler', 'scheduler');
  const filters = { events: ['message.changed:queued'] };
  const added = await stack.api.post('/v1/webhooks', { name: 'house', url: receiver.url, filters });
  expect(added.status).toBe(201);
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
}, 60_000);

const ids = () => receiver.received.map(({ headers }) => String(headers['webhook-id']));
const send = (count: number, text: string) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => askFor(stack.api, { phone: `+7916000000${index % 5}`, text })),
  );

describe('two schedulers with one target', () => {
  it('tell it each event once, four at a time', async () => {
    let open = 0;
    let most = 0;
    receiver.answer = (_hook, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.writeHead(204).end();
      }, 20);
    };
    await send(40, 'calm');
    await until('all to be told', () => receiver.received.length >= 40, 30_000);
    await until('the log to say so', async () => {
      const { items } = await stack.api.get<{ items: object[] }>('/v1/webhooks/1/deliveries?state=delivered&limit=100');
      return items.length === 40;
    });
    expect(new Set(ids()).size).toBe(40);
    expect(receiver.received).toHaveLength(40);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('killed in the middle: another one tells it again, under the same id', async () => {
    receiver.received.length = 0;
    receiver.answer = () => {};
    await send(1, 'in the middle');
    await until('the try', () => receiver.received.length === 1);
    await Promise.all(['scheduler', 'second scheduler'].map((name) => stack.role(name).process.end('SIGKILL')));
    receiver.answer = (_hook, response) => response.writeHead(204).end();
    await stack.add('third scheduler', 'scheduler');
    const killed = performance.now();
    await until('the second try', () => receiver.received.length === 2, 90_000);
    expect(new Set(ids()).size).toBe(1);
    expect(performance.now() - killed).toBeLessThan(40_000);
  }, 120_000);
});
