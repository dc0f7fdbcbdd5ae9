import { may, maySeeSender, mayUseModem, type Principal } from '../access/principal.ts';
import { maySee } from '../messages/sight.ts';
import type { LiveEvent, LiveReading } from './live-event.ts';

/** Whether the caller may know of an event. Whose a deleted message was nobody can tell: it is for callers who may see all. */
export function maySeeEvent(principal: Principal, event: LiveEvent | LiveReading): boolean {
  if (!mayUseModem(principal, event.modem)) return false;
  if (event.type === 'reading.changed') return true;
  if (event.type === 'call.changed' && !may(principal, 'calls')) return false;
  const { subject } = event;
  switch (subject.kind) {
    case 'message':
      return maySee(principal, subject.shown);
    case 'call':
      return maySeeSender(principal, subject.call.caller);
    case 'modem':
      return true;
    case 'gone':
      return principal.limits.senders === null && principal.limits.recipients === null;
  }
}
