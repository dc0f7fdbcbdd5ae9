/**
 * SQL that fills a store with many rows, quickly, alike in SQLite and PostgreSQL. Messages are a minute apart. One sender
 * (`Bank10`) writes every third, 498 others share the rest, `Rare` wrote three times at the beginning and never since.
 */
export const minute = 60_000;
export const senders = 500;

const address = "case when i = 1 then 'Rare' when i % 10 = 0 then 'Bank' || i else '+7916' || (1000000 + i * 1987) end";
const sender = `case when i <= 3 then 1 when i % 3 = 0 then 10 else 2 + (i * 7919) % ${senders - 1} end`;

/** One statement each; `from` and `to` (both counted) let a million be written in batches. */
export const sendersSql = `${numbers(1, senders)} insert into peer (id, address, search)
  select i, ${address}, lower(${address}) from n`;

export const inboundSql = (from: number, to: number) => `${numbers(from, to)}
  insert into inbound (id, modem, sim, peer_id, text, state, kind, stored_at, received_at, smsc_at, smsc_offset, slot, memory,
    duplicate_of, imported, set_key, parts_total, decode_error)
  select i, 'modem', '8970101234567890123', ${sender}, 'Your code is ' || i || '. Tell it to nobody, not even to the bank.',
    case when i % 50 = 0 then 'undecodable' when i % 500 = 7 then 'hidden' else 'complete' end, 'text',
    i * ${minute}, i * ${minute}, i * ${minute}, 180, i % 20, 'SM', case when i % 100 = 99 then i - 1 end, 0,
    case when i % 10 = 0 then 'set ' || (i / 10) end, 1, null from n`;

/** All that goes with them in a store that is used: parts, messages that were sent, reports, calls, steps. */
export const restSql = (rows: number): readonly string[] => [
  `${numbers(1, rows)} insert into inbound_part (message_id, seq, key, pdu, received_at) select i, 1, 'key ' || i, '00', i * ${minute} from n`,
  `${numbers(1, rows)} insert into outgoing (modem, recipient, text, state, created_at, updated_at, attempt, busy_count,
     next_attempt_at, expires_at, delivery_report, flash, if_unknown, idempotency_key, claimed_until)
   select 'modem', '+79161234567', 'Hello', case when i % 4 = 0 then 'queued' when i % 100 = 1 then 'failed' else 'delivered' end,
     i * ${minute}, i * ${minute}, 1, 0, ${rows * minute} + i, ${rows * 3 * minute} + i, 1, 0, 'stop', 'key ' || i,
     case when i % 4 <> 0 then i end from n`,
  `${numbers(1, rows)} insert into outgoing_part (message_id, seq, pdu, tpdu_length, state, attempt, message_reference)
   select i, 1, '00', 1, case when i % 4 = 0 then 'queued' when i % 1000 = 1 then 'sent' else 'delivered' end, 1,
     case when i % 4 <> 0 then i % 256 end from n`,
  `${numbers(1, rows)} insert into report (modem, key, pdu, message_reference, recipient, status, received_at, message_id, seq)
   select 'modem', 'key ' || i, '00', i % 256, '+79161234567', 0, i * ${minute}, i, 1 from n`,
  `${numbers(1, rows)} insert into call (call, modem, caller, withheld, started_at, stored_at, rings, outcome)
   select 'call ' || i, 'modem', '+79161234567', 0, i * ${minute}, i * ${minute}, 1, 'missed' from n`,
  `${numbers(1, rows)} insert into step (direction, message_id, at, role, what, trace)
   select 'in', i, i * ${minute}, 'handler', 'stored', 'trace' from n`,
];

function numbers(from: number, to: number): string {
  return `with recursive n(i) as (select cast(${from} as bigint) union all select i + 1 from n where i < ${to})`;
}
