import { SimloftError } from '../core/errors.ts';

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

  get(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return this.ask('GET', path, query);
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.ask('POST', path, {}, body);
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.ask('PUT', path, {}, body);
  }

  delete(path: string): Promise<unknown> {
    return this.ask('DELETE', path);
  }

  /** @throws SimloftError `gateway_unreachable`; `gateway_refused` with the gateway's sentence, and what else it said as details */
  async ask(
    method: string,
    path: string,
    query: Readonly<Record<string, string>> = {},
    body?: unknown,
  ): Promise<unknown> {
    const search = new URLSearchParams(query).toString();
    const sent =
      body === undefined
        ? { headers: this.#headers }
        : { headers: { ...this.#headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.#base}${path}${search === '' ? '' : `?${search}`}`, { method, ...sent }).catch(
      (cause: unknown) => {
        throw new SimloftError('gateway_unreachable', whyNoAnswer(this.#base, cause), { cause });
      },
    );
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    const sentence = sentenceOf(answer) ?? `The gateway answered with status ${response.status}.`;
    throw new SimloftError('gateway_refused', sentence, { details: { ...Object(answer) } });
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
