/** A new unguessable id (RFC 9562 version 4), for events, commands, calls and worker runs. */
export function newId(): string {
  return crypto.randomUUID();
}
