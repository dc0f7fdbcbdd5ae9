import { listenHost, requireOwnAddress } from '../config/listen-address.ts';
import type { Settings } from '../config/settings.ts';
import { SimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { HttpDeps } from '../http/deps.ts';
import { pageDirectory } from './page-build.ts';
import type { Watch } from './watch.ts';
import { containerHost } from './container-host.ts';

export interface ListenOptions extends Omit<HttpDeps, 'localTime'> {
  readonly settings: Settings;
  readonly log: Logger;
  readonly watch: Watch | null;
}

/**
 * Brings the API up. Its modules are loaded only here, while the modem already answers.
 * @throws SimloftError `address_in_use`, `address_not_allowed`, `setting_invalid`
 */
export async function listen({
  settings,
  log,
  watch,
  ...doors
}: ListenOptions): Promise<{ url: string; close(): Promise<void> }> {
  const { createHttpServer } = await import('../http/server.ts');
  const { port, access, trustedProxy } = settings;
  if (!(await doors.doorkeeper.asksForKeys())) requireOwnAddress(settings);
  const host = listenHost(settings);
  const alsoAnswered = access === 'container' ? containerHost() : null;
  const certificate = await certificateOf(settings, log);
  const server = createHttpServer({
    ...doors,
    log,
    alsoAnswered,
    ...(trustedProxy === null ? {} : { trustedProxies: trustedProxy }),
    serverFactory: certificate?.serverFactory ?? null,
    pageDirectory,
    metrics: watch?.metrics ?? null,
  });
  watch?.requests(server);
  try {
    await server.listen({ host, port });
  } catch (cause) {
    throw sentenceFor(cause, `${host}:${port}`);
  }
  const renewing = certificate?.keepFresh(server.server);
  const address = server.server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `${certificate === null ? 'http' : 'https'}://${shown}:${taken}`,
    async close() {
      renewing?.cancel();
      await server.close();
    },
  };
}

/** The modules of encryption take some MiB: they are loaded only where there is something to encrypt. */
async function certificateOf(settings: Settings, log: Logger) {
  if (settings.tlsCert === null && settings.tlsKey === null) return null;
  const { Certificate } = await import('./certificate.ts');
  return Certificate.of(settings, log);
}

function sentenceFor(cause: unknown, place: string): SimloftError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') {
    return new SimloftError(
      'address_in_use',
      `Another program listens on ${place}, perhaps another gateway. Stop it, or choose another PORT.`,
      { cause },
    );
  }
  if (code === 'EACCES') {
    return new SimloftError('address_not_allowed', `This user may not listen on ${place}. Choose a PORT above 1023.`, {
      cause,
    });
  }
  return new SimloftError(
    'address_not_allowed',
    `It is not possible to listen on ${place}: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  );
}
