import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { builtAt, type Encoding, type PageFile, pageIndex, readPage } from './page-files.ts';

/** Nothing is loaded from elsewhere, and no other site may put the page into a frame. Mantine sets styles on elements. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Where the API is: what is not found there is no address of the page. */
const apiPath = /^\/(?:v1|health|doors|cgi-bin|2010-04-01|docs|metrics|get-|send-sms|trace|sms|getsms|signal|network)/;

/**
 * Answers with the page, where one was built: its files by their names, and the page itself for every other address that a browser opens.
 * Anybody may load it, once there are keys: it holds nothing, and asks who one is.
 * @returns whether it has answered
 */
export function createPage(directory: string): (request: FastifyRequest, reply: FastifyReply) => boolean {
  let known: { readonly at: number; readonly files: ReadonlyMap<string, PageFile> } | null = null;
  const current = (): ReadonlyMap<string, PageFile> | null => {
    const at = builtAt(directory);
    if (at === null) return null;
    if (known?.at !== at) known = { at, files: readPage(directory) ?? new Map() };
    return known.files;
  };
  return (request, reply) => {
    const path = pathOf(request);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || apiPath.test(path)) return false;
    const files = current();
    if (files === null) return false;
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    const file = files.get(path === '/' ? pageIndex : path) ?? (wantsPage ? files.get(pageIndex) : undefined);
    if (file === undefined) return false;
    answer(request, reply, file);
    return true;
  };
}

function answer({ headers, method }: FastifyRequest, reply: FastifyReply, file: PageFile): void {
  const { immutable, etag, contentType, paths } = file;
  reply.headers({
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
    vary: 'accept-encoding',
  });
  if (headers['if-none-match'] === etag) {
    reply.code(304).send();
    return;
  }
  const accepted = headers['accept-encoding'] ?? '';
  const encoding: Encoding =
    (['br', 'gzip'] as const).find((one) => accepted.includes(one) && paths[one] !== undefined) ?? 'identity';
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  reply.header('content-type', contentType);
  if (method === 'HEAD') reply.send();
  else reply.send(createReadStream(paths[encoding] ?? paths.identity));
}

/** The routes at which a browser finds the page. */
export function addPage(server: FastifyInstance, serve: ReturnType<typeof createPage>, others: PageFallback): void {
  server.route({
    method: 'GET',
    url: '/*',
    config: { open: true },
    handler: (request, reply) => (serve(request, reply) ? reply : others(request, reply)),
  });
}

export type PageFallback = (request: FastifyRequest, reply: FastifyReply) => unknown;

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
