import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpolate, root, textOf, variablesOf } from '../support/compose/compose-file.ts';
import { temporaryFolder } from '../support/gateway-process.ts';

/** A project of its own with the script, and what udev would show under /dev/serial/by-path: names, and what they point at. */
function project(folder: string, ports: Readonly<Record<string, string>> = {}) {
  const names = join(folder, 'by-path');
  for (const part of ['deploy', 'dev', 'by-path']) mkdirSync(join(folder, part), { recursive: true });
  copyFileSync(join(root, 'deploy/make-env.sh'), join(folder, 'deploy/make-env.sh'));
  for (const [name, device] of Object.entries(ports)) {
    writeFileSync(join(folder, 'dev', device), '');
    symlinkSync(`../dev/${device}`, join(names, name));
  }
  const file = join(folder, '.env');
  return {
    file,
    names,
    run: () => {
      const env = { ...process.env, SERIAL_NAMES: names };
      const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'deploy/make-env.sh')], {
        env,
        encoding: 'utf8',
      });
      return { status, said: stdout + stderr };
    },
    values: () => valuesOf(readFileSync(file, 'utf8')),
  };
}

/** `NAME=value` lines, as Compose reads them. */
function valuesOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.replace(/=.*/, ''), line.replace(/^\w+=/, '')]));
}

const port = 'pci-0000:00:14.0-usb-0:2:1.1-port0';

describe('deploy/make-env.sh', () => {
  it('makes all that compose.yaml asks for, with the only port there is', () => {
    using folder = temporaryFolder();
    const { run, values, names } = project(folder.path, { [port]: 'ttyUSB1' });
    const { status, said } = run();
    expect(status).toBe(0);
    expect(said).toContain(`The modem's port is ${join(names, port)}`);
    const { gid } = statSync(join(folder.path, 'dev/ttyUSB1'));
    expect(values()).toMatchObject({ MODEM_DEVICE: join(names, port), MODEM_GROUP: String(gid) });
    const text = textOf('compose.yaml');
    expect(() => interpolate(text, values())).not.toThrow();
    const asked = variablesOf(text).map(({ name }) => name);
    expect(Object.keys(values()).filter((name) => !asked.includes(name))).toEqual([]);
  });

  it('makes passwords that nobody can guess, for a URL, readable by their owner only', () => {
    using first = temporaryFolder();
    using second = temporaryFolder();
    const made = [first, second].map((folder) => {
      const { run, values, file } = project(folder.path);
      expect(run().status).toBe(0);
      expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
      return [values()['POSTGRES_PASSWORD'], values()['RABBITMQ_PASSWORD']];
    });
    const passwords = made.flat();
    expect(new Set(passwords).size).toBe(4);
    for (const password of passwords) expect(password).toMatch(/^[0-9a-f]{48}$/);
  });

  it('never overwrites one', () => {
    using folder = temporaryFolder();
    const { run, file } = project(folder.path);
    writeFileSync(file, 'mine');
    expect(run()).toEqual({ status: 1, said: expect.stringContaining('is there already') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('lets the person choose between several ports, and nothing starts before', () => {
    using folder = temporaryFolder();
    const other = 'pci-0000:00:14.0-usb-0:2:1.2-port0';
    const { run, values, names } = project(folder.path, { [port]: 'ttyUSB1', [other]: 'ttyUSB2' });
    const { said } = run();
    for (const name of [port, other]) expect(said).toContain(join(names, name));
    expect(values()).toMatchObject({ MODEM_DEVICE: '', MODEM_GROUP: '' });
    expect(() => interpolate(textOf('compose.yaml'), values())).toThrow(/MODEM_DEVICE: put the port/);
  });

  it('counts a port of two names once', () => {
    using folder = temporaryFolder();
    const { run, values } = project(folder.path, { [port]: 'ttyUSB1', [port.replace('-usb-', '-usbv2-')]: 'ttyUSB1' });
    expect(run().status).toBe(0);
    expect(values()['MODEM_DEVICE']).toMatch(/by-path\/pci-/);
  });

  it('shows the way to the demonstration when there is no port, which needs no more than this', () => {
    using folder = temporaryFolder();
    const { run, values } = project(folder.path);
    expect(run().said).toContain('docker compose -f compose.demo.yaml up');
    expect(() => interpolate(textOf('compose.demo.yaml'), values())).not.toThrow();
  });
});
