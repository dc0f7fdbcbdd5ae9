import type { Kysely } from 'kysely';
import type { ClaimKind, RowClaim } from '../claim-records.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

/** One statement: of many that ask at once one is told yes. */
export async function claimRow(db: Db, { kind, row, by, at }: RowClaim): Promise<boolean> {
  const claimed = await db
    .insertInto('claim')
    .values({ kind, rowId: row, claimedAt: at, claimedBy: by })
    .onConflict((conflict) => conflict.columns(['kind', 'rowId']).doNothing())
    .returning('rowId')
    .execute();
  return claimed.length > 0;
}

export async function releaseRow(db: Db, { kind, row, by }: Pick<RowClaim, 'kind' | 'row' | 'by'>): Promise<void> {
  await db.deleteFrom('claim').where('kind', '=', kind).where('rowId', '=', row).where('claimedBy', '=', by).execute();
}

export async function claimedRows(db: Db, kind: ClaimKind, rows: readonly number[]): Promise<ReadonlySet<number>> {
  if (rows.length === 0) return new Set();
  const found = await db
    .selectFrom('claim')
    .select('rowId')
    .where('kind', '=', kind)
    .where('rowId', 'in', rows)
    .execute();
  return new Set(found.map(({ rowId }) => rowId));
}
