import type { OldestRows } from '../../store/privacy-records.ts';
import type { Store } from '../../store/store.ts';
import type { Retention } from './forget.ts';

/** What is kept for how long, and since when there is something. */
export interface Privacy {
  overview(): Promise<{ readonly retention: Retention; readonly oldest: OldestRows }>;
}

export const createPrivacy = (store: Pick<Store, 'oldestRows'>, retention: Retention): Privacy => ({
  overview: async () => ({ retention, oldest: await store.oldestRows() }),
});
