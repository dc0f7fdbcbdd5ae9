import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** How far work has got that goes through rows in their order; 0 before it began. */
export async function reached(db: Kysely<Schema>, name: string): Promise<number> {
  const found = await db.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirst();
  return found?.value ?? 0;
}

export async function moveReached(db: Kysely<Schema>, name: string, value: number): Promise<void> {
  await db
    .insertInto('counter')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
