import type { ListedMessage } from '../../store/message-records.ts';
import { maySeeSender, mayUseModem, type Principal } from '../access/principal.ts';

/** Those of `wanted` that are allowed; all that are allowed where nothing is wanted, undefined for no limit at all. */
export function allowedOf(
  allowed: readonly string[] | null,
  wanted: readonly string[] | undefined,
): readonly string[] | undefined {
  if (allowed === null) return wanted;
  if (wanted === undefined) return allowed;
  const known = new Set(allowed.map((name) => name.toLowerCase()));
  return wanted.filter((name) => known.has(name.toLowerCase()));
}

/** To whom messages went that the caller may see: a key for some senders is not for what others are written; null for everybody. */
export function seenRecipients({ limits: { senders, recipients } }: Principal): readonly string[] | null {
  return senders === null && recipients === null ? null : [...(senders ?? []), ...(recipients ?? [])];
}

/** Whether the caller may see this one message. */
export function maySee(principal: Principal, { direction, message }: ListedMessage): boolean {
  if (!mayUseModem(principal, message.modem)) return false;
  if (direction === 'in') return maySeeSender(principal, message.sender);
  return seenRecipients(principal)?.includes(message.recipient) ?? true;
}
