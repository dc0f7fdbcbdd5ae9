import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { GatewayProcess } from '../support/gateway-process.ts';
import { oddTexts } from '../support/odd-texts.ts';
import { rowsIn as everythingIn } from '../support/store-rows.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { filledStore } from '../support/transfer.ts';
import { until } from '../support/until.ts';

const simloft = resolve(import.meta.dirname, '../../bin/simloft');

/** One call of the program, as from a shell in `folder`. */
function run(folder: string, words: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const options = { cwd: folder, env: { ...process.env, DATA_DIR: 'data', ...env }, maxBuffer: 2 ** 28 };
    const child = execFile(simloft, [...words], options, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** The time at which a store's tables were made is its own. */
function rowsIn(directory: string): Record<string, unknown[]> {
  const { migration: _, ...moved } = everythingIn(directory);
  return moved;
}

const filling = { seed: 9, rows: 4, texts: oddTexts };

describe('moving a store from the command line', () => {
  it('saves it, copies it, writes it out and brings it in again', async () => {
    await using temporary = await temporaryDirectory();
    const folder = temporary.path;
    await filledStore(join(folder, 'data'), filling);
    const rows = rowsIn(join(folder, 'data'));
    expect(await run(folder, ['backup', '--to', 'saved.db'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Saved data to saved\.db: \d+\.\d MiB, checked\.\n$/),
    });
    expect(await run(folder, ['copy', '--from', 'saved.db', '--to', 'restored'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Copied saved\.db to restored\..*\n {2}peer +4 rows\n/),
      err: '',
    });
    expect(rowsIn(join(folder, 'restored'))).toEqual(rows);
    expect(await run(folder, ['export', '--file', 'all.jsonl'])).toMatchObject({ code: 0 });
    expect(statSync(join(folder, 'all.jsonl')).mode & 0o777).toBe(0o600);
    const { out } = await run(folder, ['export', '--from', 'restored']);
    expect(out).toBe(readFileSync(join(folder, 'all.jsonl'), 'utf8'));
    expect(await run(folder, ['import', '--file', 'all.jsonl', '--to', 'one'])).toMatchObject({ code: 0, err: '' });
    expect(await run(folder, ['import', '--file', '-', '--to', 'two'], out)).toMatchObject({ code: 0, err: '' });
    expect([rowsIn(join(folder, 'one')), rowsIn(join(folder, 'two'))]).toEqual([rows, rows]);
  });

  it('says in a sentence what it cannot do', async () => {
    await using temporary = await temporaryDirectory();
    const folder = temporary.path;
    await filledStore(join(folder, 'data'), filling);
    writeFileSync(join(folder, 'wrong.jsonl'), 'no export\n');
    for (const [words, code, said] of [
      [['copy'], 2, 'needs to know where to'],
      [['copy', '--to', './data'], 2, 'the same store'],
      [['copy', '--to', 'mysql://u:hidden@h/d'], 2, 'begins with mysql://'],
      [['copy', '--to', 'postgres://u:hidden@127.0.0.1:1/d'], 1, 'PostgreSQL at 127.0.0.1:1 cannot be used'],
      [['copy', '--from', 'nowhere', '--to', 'new'], 1, 'There is no store in nowhere'],
      [['backup'], 2, 'needs a file to make'],
      [['backup', '--to', 'wrong.jsonl'], 2, 'exists already'],
      [['backup', '--from', 'postgres://u:hidden@h/d', '--to', 'x'], 2, 'pg_dump'],
      [['export', '--file', 'wrong.jsonl'], 2, 'exists already'],
      [['export', '--file', 'data/simloft.db', '--replace'], 2, 'is the store itself'],
      [['import'], 2, 'needs a file'],
      [['import', '--file', 'wrong.jsonl', '--to', 'new'], 1, 'Line 1 of the file cannot be used: it is not JSON'],
      [['import', '--file', 'nowhere.jsonl', '--to', 'new'], 2, 'nowhere.jsonl cannot be read'],
    ] as const) {
      const answer = await run(folder, words);
      expect([words, answer]).toEqual([
        words,
        { code, out: '', err: expect.stringMatching(new RegExp(`^simloft: .*${said}.*\n$`)) },
      ]);
      expect(answer.err).not.toContain('hidden');
    }
  });

  it('takes the store that the environment names, when none is given', async () => {
    await using temporary = await temporaryDirectory();
    const folder = temporary.path;
    await filledStore(join(folder, 'data'), filling);
    const env = { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/d' };
    for (const [words, code, said] of [
      [['export'], 1, 'PostgreSQL at 127.0.0.1:1 cannot be used'],
      [['copy', '--from', 'data'], 1, 'PostgreSQL at 127.0.0.1:1 cannot be used'],
      [['copy', '--to', 'new'], 1, 'PostgreSQL at 127.0.0.1:1 cannot be used'],
      [['copy'], 2, 'the same store'],
      [['backup', '--to', 'saved.db'], 2, 'postgres://u@127.0.0.1:1/d is none. Use pg_dump'],
    ] as const) {
      const answer = await run(folder, words, '', env);
      expect([words, answer]).toMatchObject([words, { code, err: expect.stringContaining(said) }]);
      expect(answer.err).not.toContain('hidden');
    }
    expect(await run(folder, ['backup', '--from', 'data', '--to', 'saved.db'], '', env)).toMatchObject({ code: 0 });
  });

  it('an export whose reader goes away ends with a sentence', async () => {
    await using temporary = await temporaryDirectory();
    await filledStore(join(temporary.path, 'data'), { ...filling, rows: 600 });
    const shell = `"${simloft}" export 2>said | head -c 10 >/dev/null; cat said`;
    const said = await new Promise<string>((done) => {
      execFile('sh', ['-c', shell], { cwd: temporary.path, env: { ...process.env, DATA_DIR: 'data' } }, (_, out) =>
        done(out),
      );
    });
    expect(said).toBe('simloft: The export was not taken: write EPIPE.\n');
  });
});

describe('a gateway that runs', () => {
  it('is saved while it runs, and keeps copy and export away from its store', async () => {
    await using temporary = await temporaryDirectory();
    const folder = temporary.path;
    const gateway = await GatewayProcess.start({ DATA_DIR: join(folder, 'gateway'), LOG_LEVEL: 'warn' });
    try {
      const from = ['--from', 'gateway/demo'];
      expect(await run(folder, ['backup', ...from, '--to', 'saved.db'])).toMatchObject({ code: 0 });
      const busy = { code: 1, err: expect.stringContaining(`process id ${gateway.pid}. Stop it first`) };
      expect(await run(folder, ['copy', ...from, '--to', 'new'])).toMatchObject(busy);
      expect(await run(folder, ['export', ...from])).toMatchObject(busy);
      expect(await run(folder, ['import', '--to', 'gateway/demo', '--file', '-'], headerOf('{}'))).toMatchObject(busy);
      const { out } = await run(folder, ['export', '--from', 'saved.db']);
      expect(out).toMatch(/^\{"format":"simloft-store"/);
    } finally {
      await gateway.end('SIGTERM');
    }
  });
});

const headerOf = (rows: string) => `{"format":"simloft-store","version":1,"migration":"0001-first","rows":${rows}}\n`;

describe('a copy that is killed', () => {
  it('goes on at the next run, and holds in the end what the source holds', async () => {
    await using temporary = await temporaryDirectory();
    const folder = temporary.path;
    const from = await filledStore(join(folder, 'data'), { seed: 4, rows: 2_500, texts: ['Hello', 'a\u0000b', '🎄'] });
    const source = rowsIn(from);
    const all = sum(source);
    for (const part of [0.1, 0.5]) {
      const child = spawn(simloft, ['copy', '--from', 'data', '--to', 'new'], { cwd: folder, stdio: 'ignore' });
      const gone = once(child, 'exit');
      await until(
        'a part of the copy',
        () => rowsSoFar(join(folder, 'new/simloft.db'), Object.keys(source)) > all * part,
      );
      child.kill('SIGKILL');
      expect(await gone).toEqual([null, 'SIGKILL']);
      const there = sum(rowsIn(join(folder, 'new')));
      expect(there).toBeGreaterThan(all * part);
      expect(there).toBeLessThan(all);
    }
    const last = await run(folder, ['copy', '--from', 'data', '--to', 'new']);
    expect(last).toMatchObject({ code: 0, out: expect.stringMatching(/peer +2500 rows {2}\(2500 there already\)/) });
    expect(last.out).toMatch(/ 2500 rows\n/);
    expect(rowsIn(join(folder, 'new'))).toEqual(source);
  });
});

const sum = (rows: Record<string, unknown[]>) => Object.values(rows).reduce((all, { length }) => all + length, 0);

/** Rows in these tables of a store that another process is writing; none while it is not there yet. */
function rowsSoFar(path: string, tables: readonly string[]): number {
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    const counts = tables.map((name) =>
      Number(database.prepare(`select count(*) as count from "${name}"`).get()?.['count']),
    );
    return counts.reduce((all, count) => all + count, 0);
  } catch {
    return 0;
  }
}
