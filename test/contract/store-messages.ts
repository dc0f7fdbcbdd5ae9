import { describe, expect, it } from 'vitest';
import type { ListedMessage, MessagePlace, MessageQuery } from '../../src/store/message-records.ts';
import type { NewInboundMessage, NewOutgoingMessage } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';
import { inbound, inboundPart, outgoing, outgoingPart, report } from './store-records.ts';

const nameOf = ({ direction, message }: ListedMessage): string => `${direction}-${message.id}`;

/** What every store must do with the one list of received and sent messages. */
export function messagesContract(current: () => Store): void {
  const receive = (message: Partial<NewInboundMessage>) =>
    current().transaction((tx) => tx.addInbound(inbound({ storedAt: 1_000, ...message })));
  const send = (message: Partial<NewOutgoingMessage>) =>
    current().transaction((tx) => tx.addOutgoing(outgoing(message), [outgoingPart(1)]));
  const everything: MessageQuery = { received: { blocked: false }, sent: {}, limit: 100 };
  const list = async (query: Partial<MessageQuery> = {}) =>
    (await current().messages({ ...everything, ...query })).items.map(nameOf);

  /** Page after page, as a client reads them. */
  const pages = async (query: Partial<MessageQuery>): Promise<string[][]> => {
    const read: string[][] = [];
    let after: MessagePlace | null = null;
    do {
      const asked: MessageQuery = { ...everything, ...query, ...(after === null ? {} : { after }) };
      const { items, next } = await current().messages(asked);
      read.push(items.map(nameOf));
      after = next;
    } while (after !== null);
    return read;
  };

  describe('the list of messages', () => {
    it('is one of both directions, newest first', async () => {
      await receive({ storedAt: 10 });
      await send({ createdAt: 20 });
      await receive({ storedAt: 30 });
      await send({ createdAt: 30 });
      expect(await list()).toEqual(['out-2', 'in-2', 'out-1', 'in-1']);
      expect(await list({ sent: null })).toEqual(['in-2', 'in-1']);
      expect(await list({ received: null })).toEqual(['out-2', 'out-1']);
      expect(await list({ since: 20, until: 30 })).toEqual(['out-1']);
    });

    it('leaves out what is not for people, and keeps blocked ones apart', async () => {
      await receive({ state: 'hidden' });
      await receive({ state: 'pending', storedAt: null });
      const original = await receive({ storedAt: 5 });
      await receive({ duplicateOf: original });
      await receive({ blocked: true });
      expect(await list()).toEqual([`in-${original}`]);
      expect(await list({ received: { blocked: true }, sent: null })).toEqual(['in-5']);
      expect(await current().inboundMessages({ limit: 10 })).toHaveLength(1);
    });

    it('is filtered by peers in full whatever the case, by state, modem, and what was read', async () => {
      await receive({ storedAt: 1, sender: 'Bank' });
      await receive({ storedAt: 2, sender: 'BANK', readAt: 9, modem: 'other' });
      await receive({ storedAt: 3, sender: 'Bank of Elsewhere', state: 'undecodable', text: null });
      await send({ createdAt: 4, recipient: '+79160000001', state: 'failed', modem: 'other' });
      await send({ createdAt: 5, recipient: '+79160000002' });
      expect(await list({ received: { blocked: false, peers: ['bank'] }, sent: null })).toEqual(['in-2', 'in-1']);
      const both = { received: { blocked: false, peers: ['bank', 'nobody'] }, sent: { peers: ['+79160000001'] } };
      expect(await list(both)).toEqual(['out-1', 'in-2', 'in-1']);
      expect(await list({ modems: ['other'] })).toEqual(['out-1', 'in-2']);
      expect(await list({ modems: [] })).toEqual([]);
      expect(await list({ received: null, sent: { states: ['failed', 'unknown'] } })).toEqual(['out-1']);
      expect(await list({ received: { blocked: false, states: ['undecodable'] }, sent: null })).toEqual(['in-3']);
      expect(await list({ received: { blocked: false, unread: true }, sent: null })).toEqual(['in-3', 'in-1']);
      expect(await list({ received: { blocked: false, unread: false }, sent: null })).toEqual(['in-2']);
    });

    it('is searched by text, whatever the case, in any alphabet', async () => {
      await receive({ storedAt: 1, text: 'Ваш КОД 1234_5%' });
      await receive({ storedAt: 2, text: null });
      await send({ createdAt: 3, text: 'Straße' });
      await send({ createdAt: 4, text: 'код' });
      expect(await list({ text: 'Код' })).toEqual(['out-2', 'in-1']);
      expect(await list({ text: '4_5%' })).toEqual(['in-1']);
      expect(await list({ text: 'STRAß' })).toEqual(['out-1']);
      expect(await list({ text: '%' })).toEqual(['in-1']);
      expect(await list({ text: 'nothing' })).toEqual([]);
    });

    it('is read page by page without a gap or a repetition, while messages come in', async () => {
      for (let count = 1; count <= 6; count += 1) {
        await receive({ storedAt: count * 10 });
        await send({ createdAt: count * 10 });
        await send({ createdAt: count * 10 });
      }
      const whole = await list();
      expect(whole).toHaveLength(18);
      for (const limit of [1, 2, 4, 5, 18, 19]) {
        const read = await pages({ limit });
        expect(read.flat()).toEqual(whole);
        expect(read.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }
      expect((await pages({ limit: 3, modems: ['modem'] })).flat()).toEqual(whole);
      expect((await pages({ limit: 3, text: 'E' })).flat()).toEqual(whole);
      const sent = whole.filter((name) => name.startsWith('out'));
      expect((await pages({ limit: 5, text: 'hello' })).flat()).toEqual(sent);
      const first = await current().messages({ ...everything, limit: 5 });
      await receive({ storedAt: 1_000 });
      const second = await current().messages({ ...everything, limit: 5, ...(first.next && { after: first.next }) });
      expect([...first.items, ...second.items].map(nameOf)).toEqual(whole.slice(0, 10));
    });

    it('gives messages by their ids', async () => {
      const id = await receive({ text: 'Hello' });
      const found = await current().messagesAt([
        { direction: 'in', id },
        { direction: 'out', id: 99 },
      ]);
      expect(found).toMatchObject([{ direction: 'in', message: { id, text: 'Hello' } }]);
      expect(await current().messagesAt([])).toEqual([]);
    });
  });

  describe('conversations', () => {
    it('are one for each peer, with the last message and counts', async () => {
      await receive({ storedAt: 10, sender: 'Bank' });
      await receive({ storedAt: 30, sender: 'Bank', readAt: 1 });
      await receive({ storedAt: 90, sender: 'Bank', state: 'hidden' });
      await receive({ storedAt: 20, sender: '+79160000001' });
      await send({ createdAt: 40, recipient: '+79160000001' });
      await send({ createdAt: 5, recipient: '+79160000002' });
      await receive({ storedAt: 99, sender: 'Spam', blocked: true });
      const found = await current().conversations({ limit: 10 });
      expect(found.map(({ peerId: _, ...rest }) => rest)).toEqual([
        { peer: '+79160000001', last: { at: 40, direction: 'out', id: 1 }, received: 1, sent: 1, unread: 1 },
        { peer: 'Bank', last: { at: 30, direction: 'in', id: 2 }, received: 2, sent: 0, unread: 1 },
        { peer: '+79160000002', last: { at: 5, direction: 'out', id: 2 }, received: 0, sent: 1, unread: 0 },
      ]);
      const [first] = found;
      const after = { at: first?.last.at ?? 0, peerId: first?.peerId ?? 0 };
      expect((await current().conversations({ limit: 1, after })).map(({ peer }) => peer)).toEqual(['Bank']);
      expect((await current().conversations({ limit: 9, peers: ['bank'] })).map(({ peer }) => peer)).toEqual(['Bank']);
      expect(await current().conversations({ limit: 9, modems: ['other'] })).toEqual([]);
    });

    it('are read up to a moment', async () => {
      await receive({ storedAt: 10, sender: 'Bank' });
      await receive({ storedAt: 20, sender: 'Bank' });
      await receive({ storedAt: 10, sender: 'Other' });
      expect(await current().transaction((tx) => tx.readConversation('BANK', 10, 50))).toBe(1);
      expect(await list({ received: { blocked: false, unread: true }, sent: null })).toEqual(['in-2', 'in-3']);
      expect(await current().inboundMessage(1)).toMatchObject({ readAt: 50 });
    });
  });

  describe('a message that is deleted', () => {
    it('goes with all that belonged to it', async () => {
      const step = { at: 1, role: 'handler', what: 'stored', trace: 't' };
      const id = await receive({});
      const repetition = await receive({ duplicateOf: id });
      const sent = await send({});
      await current().transaction(async (tx) => {
        await tx.addInboundPart(inboundPart(id));
        await tx.addInboundPart(inboundPart(repetition));
        await tx.addSteps([
          { ...step, direction: 'in', messageId: id },
          { ...step, direction: 'out', messageId: sent },
        ]);
        await tx.addReport(report({ messageId: sent, seq: 1 }));
      });
      await current().transaction((tx) => tx.deleteInbound(id));
      expect(await current().inboundMessage(id)).toBeNull();
      expect(await current().inboundMessage(repetition)).toBeNull();
      expect(await current().partsByKey('key-1')).toEqual([]);
      expect(await current().steps('in', id)).toEqual([]);
      expect(await current().steps('out', sent)).toHaveLength(1);
      await current().transaction((tx) => tx.deleteOutgoing(sent));
      expect(await current().outgoingMessage(sent)).toBeNull();
      expect(await current().outgoingParts(sent)).toEqual([]);
      expect(await current().steps('out', sent)).toEqual([]);
      expect(await current().reportByKey('report-1')).toBeNull();
    });
  });
}
