import { useRead } from '../api/queries.ts';
import type { Contact } from './contact-form.tsx';

/** More contacts than this hold one address in parts of theirs only where somebody made it so. */
const asked = 100;

/** Whose an address is; null for nobody's, undefined while that is not known. */
export function useContactOf(address: string): Contact | null | undefined {
  const found = useRead('GET /v1/contacts', { query: { search: address, limit: asked } }, { enabled: address !== '' });
  if (found.data === undefined) return undefined;
  const wanted = address.toLowerCase();
  return found.data.items.find(({ addresses }) => addresses.some((one) => one.toLowerCase() === wanted)) ?? null;
}
