import type { Kysely } from 'kysely';
import * as access from './queries/access.ts';
import * as audit from './queries/audit.ts';
import * as claims from './queries/claims.ts';
import { counts } from './queries/counts.ts';
import * as feed from './queries/feed.ts';
import * as inbound from './queries/inbound.ts';
import { inboundMessages } from './queries/inbound-messages.ts';
import * as contacts from './queries/contacts.ts';
import { conversations } from './queries/conversations.ts';
import * as journey from './queries/journey.ts';
import * as links from './queries/link-changes.ts';
import * as messageChanges from './queries/message-changes.ts';
import { messages, messagesAt } from './queries/messages.ts';
import * as rowClaims from './queries/row-claims.ts';
import { one, same } from './queries/one.ts';
import * as points from './queries/points.ts';
import * as privacy from './queries/privacy.ts';
import { addReceived } from './queries/received.ts';
import * as outgoing from './queries/outgoing.ts';
import * as senderLists from './queries/sender-lists.ts';
import * as sessions from './queries/sessions.ts';
import * as state from './queries/state.ts';
import * as deliveries from './queries/webhook-deliveries.ts';
import * as targets from './queries/webhook-targets.ts';
import type { RowClaims } from './claim-records.ts';
import type { Capabilities } from './capabilities.ts';
import type { Schema } from './schema.ts';
import type { Store, StoreReads, StoreTransaction } from './store.ts';

/** The questions of the contract, asked of one database (or of one transaction in it). */
export function readsOf(db: Kysely<Schema>, capabilities: Capabilities): StoreReads {
  return {
    inboundMessages: (query) => inboundMessages(db, query, capabilities),
    inboundMessage: (id) => inbound.inboundMessage(db, id),
    inboundParts: (messageId) => inbound.inboundParts(db, messageId),
    partByKey: async (key) => one(await inbound.partsByKey(db, key), same),
    partsByKey: (key) => inbound.partsByKey(db, key),
    setsByKey: (setKey) => inbound.setsByKey(db, setKey),
    pendingSets: (receivedBefore) => inbound.pendingSets(db, receivedBefore),
    outgoingMessage: (id) => outgoing.outgoingMessage(db, id),
    outgoingByIdempotencyKey: (key) => outgoing.outgoingByIdempotencyKey(db, key),
    outgoingParts: (messageId) => outgoing.outgoingParts(db, messageId),
    outgoingMessages: (query) => outgoing.outgoingMessages(db, query),
    nextDueAt: (modem) => claims.nextDueAt(db, modem),
    modemsWithQueued: () => claims.modemsWithQueued(db),
    expiredOutgoing: (modem, now) => outgoing.expiredOutgoing(db, modem, now),
    partsLeftSending: (modem, run) => outgoing.partsLeftSending(db, modem, run),
    partsForReport: (modem, reference, since) => outgoing.partsForReport(db, modem, reference, since),
    reportByKey: (key) => state.reportByKey(db, key),
    unmatchedReports: (modem, reference, since) => state.unmatchedReports(db, modem, reference, since),
    calls: (query) => state.calls(db, query),
    callById: (call) => state.callById(db, call),
    callRow: (id) => state.callRow(db, id),
    reading: (key, modem) => state.reading(db, key, modem),
    modems: () => state.modems(db),
    workerRun: (modem) => journey.workerRun(db, modem),
    steps: (direction, messageId) => journey.steps(db, direction, messageId),
    simKnown: (sim) => state.simKnown(db, sim),
    counts: (most) => counts(db, most),
    accessKeys: () => access.accessKeys(db),
    sentOn: (day, keyIds) => access.sentOn(db, day, keyIds),
    textsStored: (range) => privacy.textsStored(db, range),
    codesLookedTo: () => privacy.codesLookedTo(db),
    textsSent: (range) => privacy.textsSent(db, range),
    sentCodesLookedTo: () => privacy.sentCodesLookedTo(db),
    forgetMarks: () => privacy.forgetMarks(db),
    rowsKept: (most) => privacy.rowsKept(db, most),
    isForgotten: (key) => messageChanges.isForgotten(db, key),
    linkChanges: (query) => links.linkChanges(db, query),
    session: (hash) => sessions.session(db, hash),
    password: () => sessions.password(db),
    auditEntries: (query) => audit.auditEntries(db, query),
    feedAfter: (after, limit) => feed.feedAfter(db, after, limit),
    feedEnds: () => feed.feedEnds(db),
    feedIdBefore: (at) => feed.feedIdBefore(db, at),
    claimedRows: (kind, rows) => rowClaims.claimedRows(db, kind, rows),
    webhookTargets: () => targets.webhookTargets(db),
    webhookTarget: (id) => targets.webhookTarget(db, id),
    webhookCursor: () => targets.webhookCursor(db),
    webhookDeliveries: (query) => deliveries.webhookDeliveries(db, query),
    webhookDelivery: (id) => deliveries.webhookDelivery(db, id),
    webhookAttempts: (ids) => deliveries.webhookAttempts(db, ids),
    nextDeliveryAt: (targetId) => deliveries.nextDeliveryAt(db, targetId),
    callOfRow: (id) => deliveries.callOfRow(db, id),
    deliveryCounts: (most) => deliveries.deliveryCounts(db, most),
    messages: (query) => messages(db, query),
    messagesAt: (places) => messagesAt(db, places),
    conversations: (query) => conversations(db, query),
    contacts: (query) => contacts.contacts(db, query),
    contact: (id) => contacts.contact(db, id),
    contactNames: (addresses) => contacts.contactNames(db, addresses),
    contactsOf: (addresses) => contacts.contactsOf(db, addresses),
    screen: (patterns) => senderLists.screen(db, patterns),
    listEntries: (list) => senderLists.listEntries(db, list),
    activeLists: () => senderLists.activeLists(db),
    readings: (modem) => points.readings(db, modem),
    readingPoints: (query) => points.readingPoints(db, query),
  };
}

type Claims = Pick<Store, keyof RowClaims | 'claimOutgoing' | 'releaseOutgoing' | 'releaseAllOutgoing' | 'fire'>;

/** What several processes agree on, each in one statement. */
export function claimsOf(db: Kysely<Schema>, { locksRows }: Capabilities): Claims {
  return {
    claimOutgoing: (claim) => claims.claimOutgoing(db, claim, locksRows),
    releaseOutgoing: (id, owner, until) => claims.releaseOutgoing(db, id, owner, until),
    releaseAllOutgoing: () => claims.releaseAllOutgoing(db),
    claimRow: (claim) => rowClaims.claimRow(db, claim),
    releaseRow: (claim) => rowClaims.releaseRow(db, claim),
    fire: (name, now, notSince) => claims.fire(db, name, now, notSince),
  };
}

/** Questions and changes within one transaction. */
export function transactionOf(db: Kysely<Schema>, capabilities: Capabilities): StoreTransaction {
  return {
    ...readsOf(db, capabilities),
    stamp: (now) => state.stamp(db, now),
    addReceived: (received) => addReceived(db, received, capabilities),
    addInbound: (message) => inbound.addInbound(db, message),
    changeInbound: (id, change) => inbound.changeInbound(db, id, change),
    addInboundPart: (part) => inbound.addInboundPart(db, part),
    addOutgoing: (message, parts) => outgoing.addOutgoing(db, message, parts),
    changeOutgoing: (id, change) => outgoing.changeOutgoing(db, id, change),
    changeOutgoingPart: (messageId, seq, change) => outgoing.changeOutgoingPart(db, { messageId, seq }, change),
    addReport: (report) => state.addReport(db, report),
    changeReport: (id, change) => state.changeReport(db, id, change),
    putCall: (call) => state.putCall(db, call),
    putReading: (reading) => state.putReading(db, reading),
    putModem: (modem) => state.putModem(db, modem),
    putWorkerRun: (run) => journey.putWorkerRun(db, run),
    addSteps: (all) => journey.addSteps(db, all),
    addFeed: (events) => feed.addFeed(db, events, capabilities),
    addAccessKey: (key) => access.addAccessKey(db, key),
    changeAccessKey: (id, change) => access.changeAccessKey(db, id, change),
    countSent: (keyId, day, sent) => access.countSent(db, keyId, day, sent),
    addLinkChange: (change, most) => links.addLinkChange(db, change, most),
    addSession: (session) => sessions.addSession(db, session),
    extendSession: (hash, expiresAt) => sessions.extendSession(db, hash, expiresAt),
    deleteSession: (hash) => sessions.deleteSession(db, hash),
    deletePasswordSessions: () => sessions.deletePasswordSessions(db),
    pruneSessions: (before) => sessions.pruneSessions(db, before),
    setPassword: (password) => sessions.setPassword(db, password),
    addAudit: (entries, most) => audit.addAudit(db, entries, most),
    pruneFeed: (batch) => feed.pruneFeed(db, batch),
    addWebhookTarget: (target) => targets.addWebhookTarget(db, target),
    changeWebhookTarget: (id, change) => targets.changeWebhookTarget(db, id, change),
    removeWebhookTarget: (id) => targets.removeWebhookTarget(db, id),
    moveWebhookCursor: (to) => targets.moveWebhookCursor(db, to),
    addDeliveries: (all) => deliveries.addDeliveries(db, all),
    claimDeliveries: (claim) => deliveries.claimDeliveries(db, claim),
    changeDelivery: (id, change) => deliveries.changeDelivery(db, id, change),
    recallDeliveries: (targetId, now) => deliveries.recallDeliveries(db, targetId, now),
    releaseDeliveries: () => deliveries.releaseDeliveries(db),
    addWebhookAttempt: (attempt) => deliveries.addWebhookAttempt(db, attempt),
    pruneDeliveries: (before) => deliveries.pruneDeliveries(db, before),
    readConversation: (peer, until, at) => messageChanges.readConversation(db, peer, until, at),
    deleteInbound: (id) => messageChanges.deleteReceived(db, [id]),
    deleteOutgoing: (id) => messageChanges.deleteSent(db, [id]),
    markCodes: (ids) => privacy.markCodes(db, ids),
    moveCodesLookedTo: (storedAt) => privacy.moveCodesLookedTo(db, storedAt),
    removeCodeTexts: (batch) => privacy.removeCodeTexts(db, batch),
    removeReceivedPdus: (batch) => privacy.removeReceivedPdus(db, batch),
    removeSentPdus: (batch) => privacy.removeSentPdus(db, batch),
    deleteOldReceived: (batch) => privacy.deleteOldReceived(db, batch),
    deleteOldSent: (batch) => privacy.deleteOldSent(db, batch),
    markSentCodes: (ids) => privacy.markSentCodes(db, ids),
    moveSentCodesLookedTo: (id) => privacy.moveSentCodesLookedTo(db, id),
    removeSentCodeTexts: (batch) => privacy.removeSentCodeTexts(db, batch),
    markForgetting: (mark, at) => privacy.markForgetting(db, mark, at),
    deleteOldReports: (batch) => privacy.deleteOldReports(db, batch),
    deleteOldPoints: (batch) => privacy.deleteOldPoints(db, batch),
    deleteOldCalls: (batch) => privacy.deleteOldCalls(db, batch),
    addContact: (contact, at) => contacts.addContact(db, contact, at),
    changeContact: (id, change, at) => contacts.changeContact(db, id, change, at),
    deleteContact: (id) => contacts.deleteContact(db, id),
    putListEntry: (entry) => senderLists.putListEntry(db, entry),
    deleteListEntry: (list, id) => senderLists.deleteListEntry(db, list, id),
    setListActive: (list, active) => senderLists.setListActive(db, list, active),
    addReadingPoint: (point) => points.addReadingPoint(db, point),
    markSimKnown: (sim, at) => state.markSimKnown(db, sim, at),
    nextCount: (name, modulo, start) => state.nextCount(db, name, { modulo, start }),
  };
}
