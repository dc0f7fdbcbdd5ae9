import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../src/virtual/serve.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

const simloft = resolve(import.meta.dirname, '../../bin/simloft');

const folder = temporaryFolder();
let served: ServedVirtualModem;
let gateway: GatewayProcess;
beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 3, latencyMs: 1 });
  gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: join(folder.path, 'data') });
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
}, 60_000);
afterAll(async () => {
  await gateway?.end('SIGTERM');
  await served?.close();
  folder[Symbol.dispose]();
});

const deliver = (from: string, text: string) => served.modem.network.deliver({ from, text });

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One `simloft wait`, as from a shell. */
function waitAt(base: string, words: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(simloft, ['wait', ...words, '--gateway', base], (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}
const wait = (...words: string[]) => waitAt(gateway.base, words);

/** A way to the gateway that sees each question before it is asked. */
class Way {
  /** What was asked, in the order it went on to the gateway. */
  readonly asked: readonly URLSearchParams[];
  readonly base: string;
  readonly #server: Server;

  private constructor(server: Server, port: number, asked: readonly URLSearchParams[]) {
    this.#server = server;
    this.asked = asked;
    this.base = `http://127.0.0.1:${port}`;
  }

  /** @param before may change what is asked, and holds it up until it resolves; it is told how many questions there were before. */
  static async open(before: (query: URLSearchParams, count: number) => Promise<void>): Promise<Way> {
    const asked: URLSearchParams[] = [];
    const pass = async (near: IncomingMessage, answer: ServerResponse) => {
      const url = new URL(near.url ?? '', gateway.base);
      await before(url.searchParams, asked.length);
      asked.push(url.searchParams);
      const far = forward(url, { method: near.method ?? 'GET' }, (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      });
      far.on('error', () => answer.destroy());
      answer.on('close', () => far.destroy());
      far.end();
    };
    const server = createServer((near, answer) => {
      pass(near, answer).catch(() => answer.destroy());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    return new Way(server, typeof address === 'object' && address !== null ? address.port : 0, asked);
  }

  [Symbol.dispose](): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('simloft wait', () => {
  it('prints the code alone, and what came since then counts when one says so', async () => {
    deliver('Shop', 'Your code: 445-566');
    const ran = await wait('code', '--sender', 'shop', '--since', '1m', '--timeout', '20');
    expect(ran).toEqual({ code: 0, out: '445566\n', err: '' });
  });

  it('prints the text of a message, or all of it', async () => {
    deliver('Aunt', 'Come at five\nor six');
    const since = ['--since', '1m', '--match', 'FIVE'];
    expect(await wait('message', ...since)).toMatchObject({ code: 0, out: 'Come at five\nor six\n' });
    const { out } = await wait('message', ...since, '--json');
    expect(JSON.parse(out)).toMatchObject({ message: { peer: 'Aunt' }, next: expect.any(String) });
  });

  it('gives what it claims to one alone', async () => {
    deliver('Lottery', 'Your code is 908070');
    const asked = ['--sender', 'Lottery', '--since', '1m', '--claim', '--timeout', '3'];
    const both = await Promise.all([1, 2].map(() => wait('code', ...asked)));
    expect(both.map(({ code }) => code)).toEqual(expect.arrayContaining([0, 124]));
    expect(both.map(({ out }) => out).join('')).toBe('908070\n');
  });

  it('prints the last digits of who calls', async () => {
    served.modem.network.ring({ from: '+74951245561', rings: 2, intervalMs: 60 });
    const asked = ['--digits', '4', '--since', '1m', '--timeout', '20'];
    expect(await wait('call', ...asked)).toMatchObject({ code: 0, out: '5561\n' });
  });

  it('misses nothing that comes between two questions to the gateway', async () => {
    using way = await Way.open(async (query, count) => {
      if (count === 0) return query.set('timeout', '1');
      deliver('Bank', 'Your code is 515253');
      await until('the message to be stored', async () => {
        const { items } = await gateway.get<{ items: { peer: string }[] }>('/v1/messages');
        return items.some(({ peer }) => peer === 'Bank');
      });
    });
    const ran = await waitAt(way.base, ['code', '--sender', 'Bank', '--timeout', '30']);
    expect(ran).toEqual({ code: 0, out: '515253\n', err: '' });
    expect(way.asked.map((query) => query.has('after'))).toEqual([false, true]);
  });

  it('leaves at Ctrl-C with 130, and what it would have claimed is there for others', async () => {
    using way = await Way.open(async () => {});
    const words = ['wait', 'code', '--sender', 'Post', '--claim', '--gateway', way.base];
    const shell = spawn('sh', ['-c', '"$0" "$@"; echo "ended with $?"', simloft, ...words]);
    const said = textOf(shell.stdout);
    await until('the question', () => way.asked.length === 1);
    const children = readFileSync(`/proc/${shell.pid}/task/${shell.pid}/children`, 'utf8').trim().split(' ');
    expect(children).toHaveLength(1);
    process.kill(Number(children[0]), 'SIGINT');
    expect(await said).toBe('ended with 130\n');
    deliver('Post', 'Your code is 646566');
    const next = await wait('code', '--sender', 'Post', '--since', '1m', '--claim', '--timeout', '20');
    expect(next).toMatchObject({ code: 0, out: '646566\n' });
  });

  it('ends with 124 when the time is over', async () => {
    expect(await wait('code', '--sender', 'nobody', '--timeout', '1')).toEqual({
      code: 124,
      out: '',
      err: 'simloft: Nothing that was waited for came in time.\n',
    });
  });

  it.each([
    [['letter'], 'code, call, message'],
    [['code', '--timeout', 'soon'], '90, 2m'],
    [['code', '--since', 'yesterday'], 'since'],
    [['call', '--digits', '99'], 'digits'],
    [['code', '--digits', '4'], 'digits'],
  ])('ends with 2 when it is asked %j', async (words, said) => {
    expect(await wait(...words)).toEqual({ code: 2, out: '', err: expect.stringContaining(said) });
  });

  it('ends with 1 when no gateway answers', async () => {
    const ran = await waitAt('http://127.0.0.1:1', ['code']);
    expect(ran).toEqual({ code: 1, out: '', err: expect.stringContaining('No gateway answers') });
  });
});
