import { afterEach, beforeEach, expect, it } from 'vitest';
import { askFor, GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

let receiver: WebhookReceiver;
let folder: ReturnType<typeof temporaryFolder>;
let gateway: GatewayProcess;
const start = () => GatewayProcess.start({ DATA_DIR: folder.path });
beforeEach(async () => {
  folder = temporaryFolder();
  receiver = await new WebhookReceiver().start();
  gateway = await start();
});
afterEach(async () => {
  await gateway.end('SIGKILL');
  await receiver.stop();
  folder[Symbol.dispose]();
});

interface Body {
  readonly data: { readonly id: string; readonly peer: string };
}

it('what was on its way when the gateway was killed is told again, under the same id and in order', async () => {
  const filters = { events: ['message.changed:queued'] };
  const added = await gateway.post('/v1/webhooks', { name: 'house', url: receiver.url, filters });
  expect(added.status).toBe(201);
  // Every third is taken and never answered, as long as the gateway is killed now and then.
  let hanging = true;
  receiver.answer = (_hook, response) => {
    if (!hanging || receiver.received.length % 3 !== 0) response.writeHead(204).end();
  };
  const asked: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = receiver.received.length;
    for (let count = 0; count < 10; count += 1) {
      const message = await askFor(gateway, { phone: `+7916000000${count % 4}`, text: `${round} ${count}` });
      if (message !== null) asked.push(`out-${message.id}`);
    }
    await until('some to be told', () => receiver.received.length >= before + 3);
    await gateway.end('SIGKILL');
    hanging = round < 2;
    gateway = await start();
  }
  expect(asked).toHaveLength(30);
  const told = () =>
    receiver.received.map(({ body, headers }) => {
      const { data }: Body = JSON.parse(body);
      return { message: data.id, peer: data.peer, id: String(headers['webhook-id']) };
    });
  await until('all to be told', () => new Set(told().map(({ message }) => message)).size === 30, 60_000);
  await until('nothing to be queued', async () => {
    const page = await gateway.get<{ items: object[] }>('/v1/webhooks/1/deliveries?state=queued');
    return page.items.length === 0;
  });
  expect(new Set(told().map(({ message }) => message))).toEqual(new Set(asked));
  // Told at least once, and whoever heeds the ids knows what came twice.
  const pairs = new Set(told().map(({ message, id }) => `${message} ${id}`));
  expect(pairs.size).toBe(30);
  expect(told().length).toBeGreaterThan(30);
  for (const peer of new Set(told().map((one) => one.peer))) {
    const firsts = [...new Set(told().flatMap((one) => (one.peer === peer ? [one.message] : [])))];
    expect(firsts).toEqual(asked.filter((message) => firsts.includes(message)));
  }
});
