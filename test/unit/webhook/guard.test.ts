import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { addressKind } from '../../../src/webhook/address-kind.ts';
import { checkPlace, type ResolvedAddress } from '../../../src/webhook/guard.ts';

describe('the kind of an address', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['2a00:1450:4010::1', 'public'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.10', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.1.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.169.254', 'forbidden'],
    ['169.254.170.2', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['168.63.129.16', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['fd20:ce::254', 'forbidden'],
    ['0.0.0.0', 'forbidden'],
    ['::', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['ff02::1', 'forbidden'],
    ['no address', 'forbidden'],
    ['', 'forbidden'],
    // An IPv4 address in the clothes of an IPv6 one is what it holds.
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:a9fe:a9fe', 'forbidden'],
    ['::169.254.169.254', 'forbidden'],
    ['64:ff9b::a9fe:a9fe', 'forbidden'],
    ['2002:a9fe:a9fe::1', 'forbidden'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['0:0:0:0:0:ffff:10.0.0.1', 'private'],
    ['::ffff:8.8.8.8', 'public'],
  ])('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));
});

const names: Readonly<Record<string, readonly string[]>> = {
  'public.test': ['93.184.216.34'],
  'home.test': ['192.168.1.5', 'fd12::5'],
  'mixed.test': ['93.184.216.34', '169.254.169.254'],
  'half.test': ['192.168.1.5', '93.184.216.34'],
  'self.test': ['127.0.0.1'],
  'empty.test': [],
};
const lookup = async (name: string): Promise<ResolvedAddress[]> =>
  (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const check = (url: string, allowInsecure = false) => checkPlace({ url, allowInsecure }, { ownPorts: [8080], lookup });

describe('a place', () => {
  it.each([
    'https://public.test/hook',
    'https://home.test/hook',
    'http://home.test:8123/api/webhook/x',
    'http://192.168.1.5/hook',
    'http://[fd12::5]:99/hook',
    'http://127.0.0.1:3000/hook',
    'http://self.test:3000/',
    'smtps://public.test',
    'smtp://home.test:25',
  ])('is let through: %s', async (url) => {
    expect((await check(url)).addresses.length).toBeGreaterThan(0);
  });

  it.each([
    ['http://public.test/', 'public address'],
    ['http://8.8.8.8/', 'public address'],
    ['http://half.test/', 'public address'],
    ['https://mixed.test/', '169.254.169.254'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
    ['http://2852039166/', '169.254.169.254'],
    ['http://0xA9FEA9FE/', '169.254.169.254'],
    ['http://0251.0376.0251.0376/', '169.254.169.254'],
    ['http://[::ffff:169.254.169.254]/', 'reserved'],
    ['http://0/', '0.0.0.0'],
    ['http://127.0.0.1:8080/send-sms', 'gateway itself'],
    ['http://self.test:8080/send-sms', 'gateway itself'],
    ['http://[::1]:8080/', 'gateway itself'],
    ['http://user:secret@home.test/', 'user or a password'],
    ['http://user@home.test/', 'user or a password'],
    ['ftp://home.test/', 'whole URL'],
    ['file:///etc/passwd', 'whole URL'],
    ['home.test/hook', 'whole URL'],
    ['https://', 'whole URL'],
    ['https://empty.test/', 'has no address'],
  ])('is refused: %s', async (url, why) => {
    await expect(check(url)).rejects.toMatchObject({
      code: 'webhook_refused',
      message: expect.stringContaining(why),
    });
  });

  it('is refused on all addresses of this machine where the gateway listens', async () => {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address, family } of own.filter(({ scopeid }) => scopeid === undefined || scopeid === 0)) {
      const url = `http://${family === 'IPv6' ? `[${address}]` : address}:8080/`;
      await expect(check(url)).rejects.toMatchObject({ code: 'webhook_refused' });
    }
  });

  it('may be public without encryption when that is wanted, and nothing else is', async () => {
    expect((await check('http://public.test/', true)).home).toBe(false);
    await expect(check('http://169.254.169.254/', true)).rejects.toMatchObject({ code: 'webhook_refused' });
    await expect(check('http://127.0.0.1:8080/', true)).rejects.toMatchObject({ code: 'webhook_refused' });
  });
});
