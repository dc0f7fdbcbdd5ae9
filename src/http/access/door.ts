import type { FastifyRequest } from 'fastify';
import type { Doorkeeper } from '../../app/access/doorkeeper.ts';
import { localPrincipal, nobody, type Principal } from '../../app/access/principal.ts';
import type { Sessions } from '../../app/access/sessions.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Refusal } from '../api/route.ts';
import { credentialsOf } from './credentials.ts';
import { refuseForeignPages, refuseStrangers, requireOwnPage } from './local-only.ts';
import { sessionIn } from './session-cookie.ts';

export interface DoorOptions {
  readonly doorkeeper: Doorkeeper;
  readonly sessions: Sessions;
  /** Address of another machine that is answered like this one: the one that runs our container. */
  readonly alsoAnswered: string | null;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may ask this route, keys or not: it is how one comes in, or it asks for access itself. */
    open?: boolean;
    /** It takes HTML forms. */
    form?: boolean;
    /** How it says no, where clients of another program want it otherwise. */
    refusal?: Refusal;
  }
}

/** A supervisor on this machine asks for them, and they tell nothing about anybody. */
const openHere: ReadonlySet<string> = new Set(['/health/live', '/health/ready']);

/**
 * Who asks. As long as there was never a key, whoever is on this machine may do everything, and nobody else is answered. From the first
 * key on every request needs one, or a session, from this machine too.
 * @throws SimloftError `access_refused`, `key_needed`, `key_invalid`, `too_many_tries`
 */
export async function whoAsks(
  request: FastifyRequest,
  { doorkeeper, sessions, alsoAnswered }: DoorOptions,
): Promise<Principal> {
  if (!(await doorkeeper.asksForKeys())) {
    refuseStrangers(request, alsoAnswered);
    return localPrincipal;
  }
  refuseForeignPages(request);
  const credentials = credentialsOf(request.headers);
  if (credentials !== null) return doorkeeper.admit(credentials, request.ip);
  const session = sessionIn(request.headers);
  const who = session === null ? null : await sessions.principalOf(session);
  if (who !== null) {
    requireOwnPage(request);
    return who;
  }
  if (request.routeOptions.config.open === true) return nobody;
  if (!openHere.has(request.url.split('?')[0] ?? '')) throw keyNeeded();
  refuseStrangers(request, alsoAnswered);
  return nobody;
}

const keyNeeded = (): SimloftError =>
  new SimloftError(
    'key_needed',
    'Show an access key: Authorization: Bearer KEY, or X-Api-Key: KEY, or Basic with its name. Make one with: simloft keys add NAME',
  );
