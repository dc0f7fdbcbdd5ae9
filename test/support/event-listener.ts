import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { until } from './until.ts';

/** One block of a stream of events, as a browser would make it of its lines. */
export interface HeardEvent {
  readonly id: string | null;
  readonly event: string | null;
  readonly data: string | null;
}

/** Who listens to a stream of server-sent events. */
export class EventListener {
  readonly blocks: HeardEvent[] = [];
  /** How many octets came. */
  octets = 0;
  comments = 0;
  response: IncomingMessage | null = null;
  ended = false;
  readonly #request: ClientRequest;
  #rest = '';

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#request = request(url, { headers, agent: false }, (response) => {
      this.response = response;
      response.setEncoding('utf8');
      response.on('data', (text: string) => this.#read(text));
      response.on('close', () => {
        this.ended = true;
      });
    });
    this.#request.on('error', () => {
      this.ended = true;
    });
    this.#request.end();
  }

  /** Events with data, without the opening. */
  get events(): HeardEvent[] {
    return this.blocks.filter(({ data }) => data !== null);
  }

  /** The last id that came, as a browser would send it. */
  get lastId(): string {
    return this.blocks.findLast(({ id }) => id !== null)?.id ?? '';
  }

  /** Resolves when the stream has begun. */
  async begun(): Promise<this> {
    await until('the stream to begin', () => this.blocks.length > 0);
    return this;
  }

  async heard(count: number): Promise<HeardEvent[]> {
    await until(`${count} events`, () => this.events.length >= count);
    return this.events;
  }

  leave(): void {
    this.#request.destroy();
  }

  #read(text: string): void {
    this.octets += text.length;
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      if (lines.every((line) => line.startsWith(':'))) this.comments += 1;
      else this.blocks.push({ id: field(lines, 'id'), event: field(lines, 'event'), data: field(lines, 'data') });
    }
  }
}

const field = (lines: readonly string[], name: string): string | null =>
  lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
