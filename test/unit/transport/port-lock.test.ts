import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adviceFor, commandOf, holdersOf, processNamed, startTimeOf } from '../../../src/transport/port-holder.ts';
import { lockPort } from '../../../src/transport/port-lock.ts';
import { temporaryFolder } from '../../support/gateway-process.ts';

/** No process has it: ids end at 4,194,304 (proc(5), pid_max). */
const deadPid = 4_999_999;

describe('the lock of a port', () => {
  it('is a file that other serial programs understand, and is gone afterwards', async () => {
    using folder = temporaryFolder();
    const lock = await lockPort('/dev/pts/5', { folders: [folder.path] });
    const file = join(folder.path, 'LCK..pts_5');
    expect(readFileSync(file, 'latin1').slice(0, 10)).toBe(String(process.pid).padStart(10));
    await lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('is given to one of many who want it at once', async () => {
    using folder = temporaryFolder();
    for (let round = 0; round < 30; round += 1) {
      writeFileSync(join(folder.path, `LCK..ttyUSB${round}`), `${deadPid}\n`);
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, () => lockPort(`/dev/ttyUSB${round}`, { folders: [folder.path] })),
      );
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('names the gateway or the program that has it', async () => {
    using folder = temporaryFolder();
    const folders = [folder.path];
    await lockPort('/dev/ttyUSB1', { folders });
    await expect(lockPort('/dev/ttyUSB1', { folders })).rejects.toMatchObject({
      code: 'port_busy',
      message: expect.stringContaining(`/dev/ttyUSB1 is held by another gateway (process ${process.pid})`),
    });
    writeFileSync(join(folder.path, 'LCK..ttyUSB2'), `${String(process.ppid).padStart(10)}\n`);
    await expect(lockPort('/dev/ttyUSB2', { folders })).rejects.toMatchObject({ details: { pid: process.ppid } });
  });

  it('is taken over when its process is dead, or when another process has got its id', async () => {
    using folder = temporaryFolder();
    for (const left of [`${deadPid}\n`, `${process.pid} simloft 1\n`, 'nonsense\n']) {
      writeFileSync(join(folder.path, 'LCK..ttyUSB1'), left);
      const lock = await lockPort('/dev/ttyUSB1', { folders: [folder.path] });
      await lock.release();
    }
  });

  it('is looked for in every folder, and made in the first that can be written', async () => {
    using folder = temporaryFolder();
    const folders = [join(folder.path, 'missing'), join(folder.path, 'here')];
    mkdirSync(join(folder.path, 'here'));
    const lock = await lockPort('/dev/ttyUSB1', { folders });
    expect(existsSync(join(folder.path, 'here/LCK..ttyUSB1'))).toBe(true);
    mkdirSync(join(folder.path, 'missing'));
    await expect(lockPort('/dev/ttyUSB1', { folders })).rejects.toMatchObject({ code: 'port_busy' });
    await lock.release();
    await expect(lockPort('/dev/ttyUSB1', { folders: ['/proc/nowhere'] })).rejects.toMatchObject({
      code: 'port_failed',
    });
  });

  it('leaves a lock alone that is no longer its own', async () => {
    using folder = temporaryFolder();
    const lock = await lockPort('/dev/ttyUSB1', { folders: [folder.path] });
    writeFileSync(join(folder.path, 'LCK..ttyUSB1'), '1\n');
    await lock.release();
    expect(existsSync(join(folder.path, 'LCK..ttyUSB1'))).toBe(true);
  });
});

describe('who holds a port', () => {
  /** A picture of /proc with one process that has the port open. */
  const proc = (folder: string, pid: number, words: readonly string[]): string => {
    mkdirSync(join(folder, String(pid), 'fd'), { recursive: true });
    symlinkSync('/dev/ttyUSB1', join(folder, String(pid), 'fd/7'));
    writeFileSync(join(folder, String(pid), 'cmdline'), words.map((word) => `${word}\0`).join(''));
    return folder;
  };

  it('is found by its open files', async () => {
    using folder = temporaryFolder();
    proc(folder.path, 812, ['/usr/sbin/ModemManager']);
    mkdirSync(join(folder.path, '900/fd'), { recursive: true });
    chmodSync(join(folder.path, '900/fd'), 0);
    expect(await holdersOf('/dev/ttyUSB1', folder.path)).toEqual([{ pid: 812, command: 'ModemManager' }]);
    expect(await holdersOf('/dev/ttyUSB2', folder.path)).toEqual([]);
    expect(await holdersOf('/dev/ttyUSB1', '/nowhere')).toEqual([]);
  });

  it.each([
    [['/usr/bin/gammu-smsd', '-d'], 'gammu-smsd'],
    [['/usr/bin/node', '--enable-source-maps', '/opt/app/main.js', 'start'], 'node main.js'],
    [['python3', '-m'], 'python3'],
    [[], 'another program'],
  ])('%j is called %s', async (words, name) => {
    using folder = temporaryFolder();
    expect(await commandOf(5, proc(folder.path, 5, words))).toBe(name);
  });

  it('gets advice that fits', () => {
    expect(adviceFor({ pid: 1, command: 'ModemManager' })).toContain('systemctl mask --now ModemManager');
    expect(adviceFor({ pid: 1, command: 'brltty' })).toContain('Braille');
    expect(adviceFor({ pid: 1, command: 'minicom' })).toContain('only one program');
  });

  it('reads the start time behind a name with spaces and brackets', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, '7'));
    const fields = ['S', ...Array.from({ length: 18 }, () => '0'), '4711', '0'];
    writeFileSync(join(folder.path, '7/stat'), `7 (a) b (c) ${fields.join(' ')}\n`);
    expect(await startTimeOf(7, folder.path)).toBe('4711');
    expect(await startTimeOf(8, folder.path)).toBeNull();
  });

  it('finds a program by its name', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, '7'));
    writeFileSync(join(folder.path, '7/comm'), 'ModemManager\n');
    expect(await processNamed('ModemManager', folder.path)).toBe(7);
    expect(await processNamed('brltty', folder.path)).toBeNull();
  });
});
