import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../support/compose/build-image.ts';
import { environmentOf, readComposeFile, textOf } from '../support/compose/compose-file.ts';
import { readStages } from '../support/compose/dockerfile.ts';
import { ServiceProcess } from '../support/compose/service-process.ts';
import { temporaryFolder } from '../support/gateway-process.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { freePort } from '../support/servers/private-process.ts';
import { type RabbitServer, startRabbit } from '../support/servers/rabbitmq.ts';

/**
 * The services of compose.demo.yaml, which are those of compose.yaml with another modem: the same program, commands and variables. Only what a
 * container would have for itself is replaced: host names, ports and the folder of a volume.
 */
const { services } = readComposeFile('compose.demo.yaml');
const stages = readStages(textOf('Dockerfile'));
const imageEnvironment = Object.fromEntries(
  (stages.at(-1)?.instructions ?? [])
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ words }) => words.map((word) => word.split('='))),
);
const values = { POSTGRES_PASSWORD: 'p1', RABBITMQ_PASSWORD: 'p2', TZ: 'Europe/Moscow' };
const roles = ['worker', 'handler', 'scheduler', 'api'] as const;

describe('the services, without Docker', () => {
  const folder = temporaryFolder();
  const running = new Map<string, ServiceProcess>();
  let rabbit: RabbitServer;
  let database = '';
  let base = '';
  let control = '';

  beforeAll(async () => {
    const application = buildImage(stages, folder.path);
    [rabbit, database] = await Promise.all([startRabbit(), freshDatabase()]);
    await rabbit.control('add_user', 'simloft', values.RABBITMQ_PASSWORD);
    await rabbit.control('set_permissions', 'simloft', '.*', '.*', '.*');
    const [modemPort, apiPort] = [await freePort(), await freePort()];
    control = String(await freePort());
    base = `http://127.0.0.1:${apiPort}`;
    const replaced: readonly (readonly [string, string])[] = [
      ['@rabbitmq:5672', `@127.0.0.1:${rabbit.port}`],
      [`postgres://simloft:${values.POSTGRES_PASSWORD}@postgres:5432/simloft`, database],
      ['tcp://127.0.0.1:7000', `tcp://127.0.0.1:${modemPort}`],
    ];
    const own: Readonly<Record<string, string>> = { DATA_DIR: join(folder.path, 'data'), PORT: String(apiPort) };
    const words: Readonly<Record<string, string>> = { '7000': String(modemPort), '7001': control };
    for (const name of ['virtual-modem', ...roles]) {
      const service = services[name];
      if (service === undefined) throw new Error(`there is no service ${name}`);
      const given = Object.entries({ ...imageEnvironment, ...environmentOf(service, values) }).map(
        ([variable, value]) => {
          const elsewhere = replaced.reduce((text, [from, to]) => text.replace(from, to), String(value));
          return [variable, own[variable] ?? elsewhere];
        },
      );
      const environment = { ...Object.fromEntries(given), MONITOR_PORT: String(await freePort()) };
      const command = (service.command ?? []).map((word) => words[word] ?? word);
      running.set(name, new ServiceProcess(name, application, command, environment));
    }
  }, 120_000);

  afterAll(async () => {
    await Promise.all([...running.values()].map((process) => process.stop()));
    await rabbit?.stop();
    if (database !== '') await dropDatabase(database);
    folder[Symbol.dispose]();
  });

  const service = (name: string): ServiceProcess => {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} was not started`);
    return found;
  };
  const get = async (path: string): Promise<unknown> => (await fetch(`${base}${path}`)).json();

  it.each(roles)('%s becomes healthy by its own check', async (name) => {
    const check = services[name]?.healthcheck.test[1] ?? '';
    await expect
      .poll(() => service(name).run(check), { timeout: 40_000, interval: 100 })
      .toEqual({ status: 0, said: '' });
  });

  it('brings a message from the network to the API', async () => {
    const sms = ['virtual-modem', 'sms', '+79161234567', 'Your code is 123456', '--control', control];
    const { status, said } = service('virtual-modem').run('bin/simloft', sms);
    expect(said).toContain('"ok":true');
    expect(status).toBe(0);
    await expect
      .poll(() => get('/get-sms?limit=1'), { timeout: 20_000 })
      .toEqual([expect.objectContaining({ sender: '+79161234567', text: 'Your code is 123456' })]);
  });

  it('brings a message from the API to the network', async () => {
    const response = await fetch(`${base}/send-sms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone: '+79161234567', text: 'Hello' }),
    });
    expect(response.status).toBe(202);
    const queued: { id: number } = JSON.parse(await response.text());
    await expect
      .poll(() => get(`/send-sms/${queued.id}`), { timeout: 20_000 })
      .toEqual(expect.objectContaining({ state: expect.stringMatching(/^(?:sent|delivered)$/) }));
  });

  it('stays within half of the memory that each container may use', () => {
    const limit = (name: string) => Number(/^(\d+)m$/.exec(services[name]?.mem_limit ?? '')?.[1]);
    const used = roles.map((name) => [name, Math.round(service(name).residentMiB)] as const);
    for (const [name, size] of used) expect(size, name).toBeLessThan(limit(name) / 2);
  });

  it('ends in time when it is told', async () => {
    const began = performance.now();
    const codes = await Promise.all([...running.values()].map(async (process) => [process.name, await process.stop()]));
    expect(codes).toEqual([...running.keys()].map((name) => [name, 0]));
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
