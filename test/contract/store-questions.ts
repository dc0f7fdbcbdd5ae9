import type { Store } from '../../src/store/store.ts';
import { minute } from '../support/many-rows.ts';

/** What the doors, the handler and the scheduler ask of a store with `rows` messages of each kind, by name. */
export function questionsOf(rows: number): Record<string, (store: Store) => Promise<unknown>> {
  const now = rows * minute;
  const recently = now - 500 * minute;
  const id = Math.floor(rows / 2);
  const claim = { modem: 'modem', owner: 'me', now: now + 100, until: now + 200, limit: 2 };
  return {
    'what happened since': (store) => store.feedAfter(rows - 10, 10),
    'where a moment is among what happened': (store) => store.feedIdBefore(recently),
    'texts that were not looked through': (store) => store.textsStored({ after: 900, until: 2_000, limit: 5 }),
    'what was sent and not looked through': (store) => store.textsSent({ after: id, limit: 5 }),
    'how much is kept, counted up to a hundred': (store) => store.rowsKept(100),
    'how a link went': (store) => store.linkChanges({ modem: 'modem', before: 900, limit: 10 }),
    'a session': (store) => store.session('hash'),
    'who did what': (store) => store.auditEntries({ before: 900, limit: 10 }),
    'who got what': (store) => store.claimedRows('message', [1, 2, 3]),
    'the ends of what happened': (store) => store.feedEnds(),
    'the newest of all messages': (store) => store.messages({ received: { blocked: false }, sent: {}, limit: 10 }),
    'all messages behind a place': (store) =>
      store.messages({
        received: { blocked: false },
        sent: {},
        limit: 10,
        after: { at: now / 2, direction: 'in', id },
      }),
    'all messages of some peers': (store) =>
      store.messages({ received: { blocked: false, peers: ['Bank10'] }, sent: { peers: ['+79161234567'] }, limit: 10 }),
    'all messages with a text': (store) =>
      store.messages({ received: { blocked: false }, sent: {}, limit: 10, text: 'no such text' }),
    'all that are unread': (store) =>
      store.messages({ received: { blocked: false, unread: true }, sent: null, limit: 10 }),
    'all that are blocked': (store) => store.messages({ received: { blocked: true }, sent: null, limit: 10 }),
    'messages by their ids': (store) =>
      store.messagesAt([
        { direction: 'in', id },
        { direction: 'out', id },
      ]),
    'names of contacts': (store) => store.contactNames(['+79161234567', 'Bank10']),
    'a contact': (store) => store.contact(1),
    'contacts by name': (store) => store.contacts({ limit: 10 }),
    'contacts with a text': (store) => store.contacts({ limit: 10, search: 'bank' }),
    'whose addresses these are': (store) => store.contactsOf(['+79161234567']),
    'whether a sender is blocked': (store) => store.screen(['bank10', 'bank*']),
    'who is denied': (store) => store.listEntries('deny'),
    'what keys have sent on a day': (store) => store.sentOn('2026-11-23', [1, 2]),
    'all readings': (store) => store.readings('modem'),
    'a page of calls': (store) =>
      store.calls({ limit: 10, before: { at: recently, id }, outcomes: ['missed'], storedBefore: now }),
    'calls of a caller': (store) => store.calls({ limit: 10, callers: ['+79160000000'] }),
    'a call by its id': (store) => store.callRow(id),
    'the signal of a day': (store) =>
      store.readingPoints({ modem: 'modem', key: 'signal', since: recently, until: now, step: 0, limit: 300 }),
    conversations: (store) => store.conversations({ limit: 10 }),
    'a conversation': (store) => store.conversations({ limit: 10, peers: ['Bank10'] }),
    'all who are told': (store) => store.webhookTargets(),
    'one who is told': (store) => store.webhookTarget(1),
    'how far what happened was looked at': (store) => store.webhookCursor(),
    'what a target was told': (store) => store.webhookDeliveries({ targetId: 1, limit: 10 }),
    'what a target was not told': (store) => store.webhookDeliveries({ targetId: 1, state: 'parked', limit: 10 }),
    'the call of an event': (store) => store.callOfRow(id),
    'one delivery': (store) => store.webhookDelivery(id),
    'its tries': (store) => store.webhookAttempts([id]),
    'when a delivery is due': (store) => store.nextDeliveryAt(1),
    'how many deliveries there are, counted up to a hundred': (store) => store.deliveryCounts(100),
    'the newest messages': (store) => store.inboundMessages({ limit: 10 }),
    'the newest messages, repetitions too': (store) => store.inboundMessages({ limit: 10, duplicates: true }),
    'messages since a moment': (store) => store.inboundMessages({ limit: 10, storedAfter: recently }),
    'messages since the last one': (store) => store.inboundMessages({ limit: 10, storedAfter: now }),
    'messages of a sender, in full': (store) => store.inboundMessages({ limit: 10, sender: 'Bank10' }),
    'messages of a common part of a sender': (store) => store.inboundMessages({ limit: 10, sender: 'bank' }),
    'messages of a part of nearly all': (store) => store.inboundMessages({ limit: 10, sender: '7' }),
    'messages of a rare sender': (store) => store.inboundMessages({ limit: 10, sender: 'rare' }),
    'messages of nobody': (store) => store.inboundMessages({ limit: 10, sender: 'zzz' }),
    'messages of a sender since a moment': (store) =>
      store.inboundMessages({ limit: 10, sender: 'bank', storedAfter: recently }),
    'messages of a rare sender since a moment': (store) =>
      store.inboundMessages({ limit: 10, sender: 'rare', storedAfter: recently }),
    'a message': (store) => store.inboundMessage(id),
    'its parts': (store) => store.inboundParts(id),
    'the part of a key': (store) => store.partByKey(`key ${id}`),
    'a set': (store) => store.setsByKey(`set ${Math.floor(id / 10)}`),
    'pending sets': (store) => store.pendingSets(now),
    'a message to send': (store) => store.outgoingMessage(id),
    'the message of a request': (store) => store.outgoingByIdempotencyKey(`key ${id}`),
    'its parts to send': (store) => store.outgoingParts(id),
    'the newest to send': (store) => store.outgoingMessages({ limit: 10 }),
    'the newest that failed': (store) => store.outgoingMessages({ limit: 10, state: 'failed' }),
    'what is due': (store) => store.claimOutgoing(claim),
    'when something is due': (store) => store.nextDueAt('modem'),
    'which modems have something to send': (store) => store.modemsWithQueued(),
    'what is too old to send': (store) => store.expiredOutgoing('modem', now),
    'what was being sent': (store) => store.partsLeftSending('modem', 'run'),
    'what a report is about': (store) => store.partsForReport('modem', 5, recently),
    'a report': (store) => store.reportByKey(`key ${id}`),
    'reports that wait': (store) => store.unmatchedReports('modem', 5, recently),
    'the newest calls': (store) => store.calls({ limit: 10 }),
    'calls since a moment': (store) => store.calls({ limit: 10, storedAfter: recently }),
    'a call': (store) => store.callById(`call ${id}`),
    'the way of a message': (store) => store.steps('in', id),
    'a reading': (store) => store.reading('signal'),
    'how many there are, counted up to a hundred': (store) => store.counts(100),
  };
}
