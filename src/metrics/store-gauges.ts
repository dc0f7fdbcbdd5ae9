import type { ModemRecord } from '../store/records.ts';
import type { MessageCounts, Store } from '../store/store.ts';
import { linkStates } from './labels.ts';
import type { GaugeName } from './metric-table.ts';
import type { Metrics } from './contract.ts';
import { readOnScrape } from './scraped.ts';

export type WatchedStore = Pick<Store, 'counts' | 'deliveryCounts' | 'modems' | 'reading'>;

/** No state is counted further, see `Store.counts`. */
const mostCounted = 50_000;

const gauges: readonly GaugeName[] = [
  'simloft_store_messages_in',
  'simloft_store_messages_out',
  'simloft_store_waiting_messages',
  'simloft_store_waiting_oldest_seconds',
  'simloft_store_undecodable_messages',
  'simloft_store_webhook_deliveries',
  'simloft_store_last_received_timestamp_seconds',
  'simloft_store_modems',
  'simloft_store_signal_dbm',
  'simloft_store_balance',
];

/**
 * Shows what lies in the store, read at a scrape and at most every 5 s. One role of an installation is enough: where several
 * show the same store, take the largest.
 */
export function watchStore(store: WatchedStore, metrics: Metrics): void {
  const read = async () => ({
    counts: await store.counts(mostCounted),
    deliveries: await store.deliveryCounts(mostCounted),
    modems: await modemsOf(store),
  });
  const show = ({ counts, deliveries, modems }: Awaited<ReturnType<typeof read>>) => {
    clearAll(metrics);
    metrics.set('simloft_store_up', {}, 1);
    showCounts(metrics, counts);
    for (const [state, number] of Object.entries(deliveries))
      metrics.set('simloft_store_webhook_deliveries', { state }, number);
    showModems(metrics, modems);
  };
  const lost = () => {
    clearAll(metrics);
    metrics.set('simloft_store_up', {}, 0);
  };
  readOnScrape(metrics, read, show, lost);
}

/** What was true at an earlier scrape must not stay: an amount in another currency, a signal that is not known any more. */
function clearAll(metrics: Metrics): void {
  for (const name of gauges) metrics.clear(name);
}

function showCounts(metrics: Metrics, counts: MessageCounts): void {
  const { inbound, outgoing, oldestQueuedAt, newestStoredAt } = counts;
  for (const [state, number] of Object.entries(inbound)) metrics.set('simloft_store_messages_in', { state }, number);
  for (const [state, number] of Object.entries(outgoing)) metrics.set('simloft_store_messages_out', { state }, number);
  metrics.set('simloft_store_undecodable_messages', {}, inbound.undecodable);
  metrics.set('simloft_store_waiting_messages', {}, outgoing.queued);
  const age = oldestQueuedAt === null ? 0 : (metrics.clock.now() - oldestQueuedAt) / 1000;
  metrics.set('simloft_store_waiting_oldest_seconds', {}, Math.max(0, age));
  const newest = newestStoredAt === null ? null : newestStoredAt / 1000;
  metrics.set('simloft_store_last_received_timestamp_seconds', {}, newest);
}

interface KnownModem {
  readonly record: ModemRecord;
  readonly signal: unknown;
  readonly balance: unknown;
}

async function modemsOf(store: WatchedStore): Promise<KnownModem[]> {
  const known: KnownModem[] = [];
  for (const record of await store.modems()) {
    const signal = (await store.reading('signal', record.modem))?.data;
    const balance = (await store.reading('balance', record.modem))?.data;
    known.push({ record, signal, balance });
  }
  return known;
}

function showModems(metrics: Metrics, modems: readonly KnownModem[]): void {
  const { labels } = metrics;
  for (const state of linkStates) metrics.set('simloft_store_modems', { state }, 0);
  for (const { record, signal, balance } of modems) {
    const modem = labels.modem(record.modem);
    metrics.add('simloft_store_modems', { state: labels.linkState(record.state) }, 1);
    if (typeof signal === 'number') metrics.set('simloft_store_signal_dbm', { modem }, signal);
    const amount = amountOf(balance);
    if (amount === null) continue;
    metrics.set('simloft_store_balance', { modem, currency: labels.currency(amount.currency) }, amount.units);
  }
}

/** What the reading `balance` holds comes out of the store as anything; only a clear amount is shown. */
function amountOf(balance: unknown): { units: number; currency: string | null } | null {
  if (typeof balance !== 'object' || balance === null || !('minor' in balance)) return null;
  if (typeof balance.minor !== 'number') return null;
  const currency = 'currency' in balance && typeof balance.currency === 'string' ? balance.currency : null;
  return { units: balance.minor / 100, currency };
}
