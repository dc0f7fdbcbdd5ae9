import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';

/**
 * A process of its own that uses a store: `node store-process.ts DIRECTORY` adds messages until it is killed, and writes each
 * one's id to standard output when it has been acknowledged; the text of a message says which line it is.
 */
const [, , directory = ''] = process.argv;
const store = await openSqliteStore({ directory, clock: systemClock, log: silentLogger });
process.stdout.write('open\n');
for (let line = 1; ; line += 1) {
  const id = await store.transaction(async (tx) => {
    const storedAt = await tx.stamp(systemClock.now());
    const messageId = await tx.addInbound({
      modem: 'modem',
      sim: null,
      sender: `+7916${line % 50}`,
      text: `${process.pid} ${line}`,
      state: 'complete',
      kind: 'text',
      storedAt,
      receivedAt: storedAt,
      smsc: null,
      slot: 0,
      memory: null,
      duplicateOf: null,
      imported: false,
      setKey: null,
      partsTotal: 1,
      decodeError: null,
      readAt: null,
      blocked: false,
    });
    const key = `${process.pid}-${line}`;
    const place = { memory: null, slot: null, receivedAt: storedAt, smscAt: null };
    await tx.addInboundPart({ messageId, seq: 1, key, pdu: '00', tpduLength: null, ...place });
    return messageId;
  });
  process.stdout.write(`${id} ${process.pid} ${line}\n`);
}
