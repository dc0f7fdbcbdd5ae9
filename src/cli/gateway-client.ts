import { SimloftError } from '../core/errors.ts';

interface Asked {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A gateway that runs, seen through its own API. */
export class GatewayClient {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  /**
   * @param base for example `http://127.0.0.1:8080`
   * @param key an access key; null where none is asked for
   */
  constructor(base: string, key: string | null) {
    this.#base = base;
    this.#headers = key === null ? {} : { authorization: `Bearer ${key}` };
  }

  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const search = new URLSearchParams(query).toString();
    return this.#ask(`${path}${search === '' ? '' : `?${search}`}`, { method: 'GET' });
  }

  async post(path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async put(path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.#ask(path, { method: 'PUT', headers, body: JSON.stringify(body) });
  }

  async delete(path: string): Promise<unknown> {
    return this.#ask(path, { method: 'DELETE' });
  }

  async #ask(path: string, { headers = {}, ...init }: Asked): Promise<unknown> {
    const response = await fetch(`${this.#base}${path}`, {
      ...init,
      headers: { ...this.#headers, ...headers },
    }).catch((cause: unknown) => {
      throw new SimloftError('gateway_unreachable', whyNoAnswer(this.#base, cause), { cause });
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    throw new SimloftError(
      'gateway_refused',
      sentenceOf(answer) ?? `The gateway answered with status ${response.status}.`,
    );
  }
}

function whyNoAnswer(base: string, thrown: unknown): string {
  const cause: unknown = thrown instanceof Error ? thrown.cause : null;
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : null;
  if (typeof code === 'string' && /CERT|TLS|SELF_SIGNED|VERIFY/.test(code))
    return `The certificate of ${base} is not trusted here (${code}). Name the host as the certificate does, with --gateway, and a certificate of your own with NODE_EXTRA_CA_CERTS=FILE.`;
  return `No gateway answers at ${base}. Start one with "simloft start", or name another with --gateway, or --host and --port.`;
}

function sentenceOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null) return null;
  for (const key of ['detail', 'message']) {
    const sentence: unknown = Reflect.get(answer, key);
    if (typeof sentence === 'string') return sentence;
  }
  return null;
}
