import type { Clock, Timer } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { AuditEntry } from '../../store/audit-records.ts';
import type { Store } from '../../store/store.ts';

export interface AuditOptions {
  readonly store: Pick<Store, 'auditEntries' | 'transaction'>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Logger;
}

/** Entries are written together so often, ms: one write for many spares an SD card. */
const writeAfterMs = 1_000;
/** Entries that wait to be written; more, as of somebody who tries many keys, are counted in the log. */
const mostWaiting = 200;
/** Entries that are kept. */
const mostKept = 20_000;

/** Who did what. It holds no key, no text and no code. */
export class AuditLog {
  readonly #options: AuditOptions;
  #waiting: Omit<AuditEntry, 'id'>[] = [];
  #missed = 0;
  #timer: Timer | null = null;

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Written within a second. */
  note(entry: Omit<AuditEntry, 'id' | 'at'>): void {
    const { clock } = this.#options;
    if (this.#waiting.length >= mostWaiting) this.#missed += 1;
    else this.#waiting.push({ at: clock.now(), ...entry });
    this.#timer ??= clock.after(writeAfterMs, () => void this.flush());
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const { store, log } = this.#options;
    this.#timer?.cancel();
    this.#timer = null;
    const [entries, missed] = [this.#waiting, this.#missed];
    [this.#waiting, this.#missed] = [[], 0];
    if (missed > 0) log.warn({ missed }, 'More was done in a second than the audit log takes.');
    if (entries.length === 0) return;
    try {
      await store.transaction((tx) => tx.addAudit(entries, mostKept), { key: 'audit' });
    } catch (error) {
      log.error({ err: error, entries: entries.length }, 'The audit log could not be written.');
    }
  }

  /** Newest first, before this id. */
  async list(query: { readonly before?: number; readonly limit: number }): Promise<AuditEntry[]> {
    await this.flush();
    return this.#options.store.auditEntries(query);
  }
}
