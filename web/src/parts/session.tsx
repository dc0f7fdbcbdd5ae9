import { createContext, useContext } from 'react';
import type { Answer } from '../api/client.ts';

export type Session = Answer<'GET /v1/session'>;
export type Scope = Session['scopes'][number];

export const SessionContext = createContext<Session | null>(null);

/** Whether who looks may do something; administrators may do all. */
export function useMay(scope: Scope): boolean {
  const session = useContext(SessionContext);
  return session !== null && (session.scopes.includes(scope) || session.scopes.includes('admin'));
}
