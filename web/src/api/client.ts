import type { Api } from './api-types.ts';

export type { Api } from './api-types.ts';
export type Answer<Name extends keyof Api> = Api[Name]['answer'];

type Part<Name extends keyof Api, Key extends 'params' | 'query' | 'body'> = undefined extends Api[Name][Key]
  ? unknown
  : object extends Api[Name][Key]
    ? { readonly [Field in Key]?: Api[Name][Key] }
    : { readonly [Field in Key]: Api[Name][Key] };

/** What a request takes: its parts, those that may be left out optional. */
export type RequestOf<Name extends keyof Api> = Part<Name, 'params'> & Part<Name, 'query'> & Part<Name, 'body'>;

/** The gateway said no, with a sentence and a stable code; or it did not answer (`code` is `unreachable`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

/** Asks the gateway: `call('GET /v1/messages', { query: { limit: 20 } })`. */
export async function call<Name extends keyof Api>(
  name: Name,
  request: RequestOf<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  const { params = {}, query = {}, body }: Parts = Object(request);
  const [method = 'GET', path = ''] = name.split(' ');
  const place = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, `${value}`]])),
  ).toString();
  const response = await fetch(search === '' ? place : `${place}?${search}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', '');
  });
  const text = await response.text();
  if (!response.ok) throw problemOf(response.status, text);
  const answer: Answer<Name> = text === '' ? undefined : JSON.parse(text);
  return answer;
}

function problemOf(status: number, text: string): ApiError {
  try {
    const { code = String(status), detail = text }: { code?: string; detail?: string } = JSON.parse(text);
    return new ApiError(status, code, detail);
  } catch {
    return new ApiError(status, String(status), text.slice(0, 300));
  }
}
