import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedVirtualModem, serveVirtualModem } from '../../src/virtual/serve.ts';
import { query } from '../support/servers/postgres.ts';
import { Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

const names = ['balcony', 'cellar', 'roof'] as const;
const modems = new Map<string, ServedVirtualModem>();
let stack: Stack;

beforeAll(async () => {
  for (const [index, name] of names.entries()) {
    const iccid = `897010123456789${index}000`;
    modems.set(name, await serveVirtualModem({ tcpPort: 0, profile: 'clean', seed: index, iccid }));
  }
  stack = await Stack.start({ modems: {} });
  const MODEM_PORT = [...modems.values()].map(({ port }) => port).join(',');
  await stack.add('worker', 'worker', { MODEM_NAME: names.join(','), MODEM_PORT, MONITOR_PORT: '0' });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  for (const modem of modems.values()) await modem.close();
}, 60_000);

const networkOf = (name: string) => {
  const modem = modems.get(name)?.modem;
  if (modem === undefined) throw new Error(`there is no modem ${name}`);
  return modem.network;
};
const worker = () => stack.role('worker').process;
const ready = async (): Promise<{ ready: boolean; reasons: { text: string }[] }> => {
  const monitor = /Health and metrics: (\S+)/.exec(worker().output)?.[1] ?? '';
  return JSON.parse(await (await fetch(`${monitor}/health/ready`)).text());
};

describe('one worker of several modems', () => {
  it('brings the messages of each under its name', async () => {
    for (const name of names) networkOf(name).deliver({ from: '+79160000001', text: `to the ${name}` });
    const stored = () => query(stack.databaseUrl, 'select modem, text from inbound order by modem');
    await until('all of them', async () => (await stored()).length === names.length);
    expect(await stored()).toEqual(names.map((name) => ({ modem: name, text: `to the ${name}` })));
  });

  it('sends through the one that is named', async () => {
    for (const modem of names)
      expect((await stack.api.post('/send-sms', { phone: '+79161234567', text: modem, modem })).status).toBe(202);
    const sent = (name: string) => networkOf(name).submitted.map(({ text }) => text);
    await until('all to be sent', () => names.every((name) => sent(name).length > 0));
    expect(names.map(sent)).toEqual(names.map((name) => [name]));
  });

  it('has one connection to the broker for all', async () => {
    const connections = async () =>
      (await stack.rabbit.control('list_connections', 'client_properties')).split('simloft worker').length - 1;
    await until('the broker to list it', async () => (await connections()) > 0);
    expect(await connections()).toBe(1);
  });

  it('says which modem is not ready, and goes on with the others', async () => {
    await until('all to be ready', async () => (await ready()).ready);
    await modems.get('cellar')?.close();
    const { reasons } = await until('the loss', async () => {
      const now = await ready();
      return now.ready ? null : now;
    });
    expect(reasons.map(({ text }) => text)).toEqual([expect.stringMatching(/^cellar: /)]);
    networkOf('roof').deliver({ from: '+79160000001', text: 'meanwhile' });
    const [row] = await until('the message', async () => {
      const rows = await query(stack.databaseUrl, "select modem from inbound where text = 'meanwhile'");
      return rows.length > 0 && rows;
    });
    expect(row).toEqual({ modem: 'roof' });
  });
});
