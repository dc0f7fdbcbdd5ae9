import type { ForgetMarks, RowsKept } from '../../store/privacy-records.ts';
import type { Store } from '../../store/store.ts';
import { logKeptMs } from '../webhooks/teller.ts';
import type { Retention } from './forget.ts';

/** No kind is counted further: a table with a million rows would hold up others. */
export const countedTo = 100_000;

export interface Overview {
  readonly retention: Retention;
  /** How long webhooks keep what they told whom, ms. */
  readonly webhookLog: number;
  readonly rows: RowsKept;
  readonly marks: ForgetMarks;
}

/** What is kept for how long, and what there is of it. */
export interface Privacy {
  overview(): Promise<Overview>;
}

export const createPrivacy = (store: Pick<Store, 'rowsKept' | 'forgetMarks'>, retention: Retention): Privacy => ({
  async overview() {
    const [rows, marks] = await Promise.all([store.rowsKept(countedTo), store.forgetMarks()]);
    return { retention, webhookLog: logKeptMs, rows, marks };
  },
});
