import type { FastifyRequest } from 'fastify';
import type { Doorkeeper } from '../../app/access/doorkeeper.ts';
import { localPrincipal, nobody, type Principal } from '../../app/access/principal.ts';
import { SimloftError } from '../../core/errors.ts';
import { credentialsOf } from './credentials.ts';
import { refuseForeignPages, refuseStrangers } from './local-only.ts';

export interface DoorOptions {
  readonly doorkeeper: Doorkeeper;
  /** Address of another machine that is answered like this one: the one that runs our container. */
  readonly alsoAnswered: string | null;
}

/** A supervisor on this machine asks for them, and they tell nothing about anybody. */
const openPaths: ReadonlySet<string> = new Set(['/health/live', '/health/ready']);

/**
 * Who asks. As long as there was never a key, whoever is on this machine may do everything, and nobody else is answered. From the first
 * key on every request needs one, from this machine too.
 * @throws SimloftError `access_refused`, `key_needed`, `key_invalid`, `too_many_tries`
 */
export async function whoAsks(request: FastifyRequest, { doorkeeper, alsoAnswered }: DoorOptions): Promise<Principal> {
  if (!(await doorkeeper.asksForKeys())) {
    refuseStrangers(request, alsoAnswered);
    return localPrincipal;
  }
  refuseForeignPages(request);
  const credentials = credentialsOf(request.headers);
  if (credentials !== null) return doorkeeper.admit(credentials, request.socket.remoteAddress ?? '');
  if (!openPaths.has(request.url.split('?')[0] ?? '')) throw keyNeeded();
  refuseStrangers(request, alsoAnswered);
  return nobody;
}

const keyNeeded = (): SimloftError =>
  new SimloftError(
    'key_needed',
    'Show an access key: Authorization: Bearer KEY, or X-Api-Key: KEY, or Basic with its name. Make one with: simloft keys add NAME',
  );
