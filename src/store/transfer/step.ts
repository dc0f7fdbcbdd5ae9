import { SimloftError } from '../../core/errors.ts';
import { steps } from '../migrations/migrator.ts';
import { type AnyDb, columnsOf } from './tables.ts';
import type { TargetStore } from './transfer-store.ts';

/**
 * The last step of the schema that a store has been brought up to.
 * @throws SimloftError `store_unsafe` when a newer version made it, `store_unavailable` when it is no store of this program
 */
export async function stepOf(db: AnyDb, name: string): Promise<string> {
  const rows = (await columnsOf(db)).has('migration') ? await db.selectFrom('migration').select('name').execute() : [];
  const applied = rows.map((row) => String(row['name'])).toSorted();
  const newer = applied.find((step) => !steps.includes(step));
  if (newer !== undefined) throw madeByNewer(name, newer);
  const last = applied.at(-1);
  if (last === undefined) throw new SimloftError('store_unavailable', `There is no store of Simloft in ${name}.`);
  return last;
}

/** The error for rows of a step that this version does not know. */
export function madeByNewer(name: string, step: string): SimloftError {
  const text = `${name} was made by a newer version of Simloft (step ${step}; this version knows ${steps.at(-1)}). Use that version.`;
  return new SimloftError('store_unsafe', text, { details: { step } });
}

/**
 * Prepares a target for rows of the step `step`: rows are written as they were, and brought up to date afterwards by the same steps
 * as a store that is updated in its place.
 * @throws SimloftError `store_unsafe` when the target is further already
 */
export async function bringTo(target: TargetStore, step: string): Promise<void> {
  await target.migrate(step);
  const reached = await stepOf(target.db, target.name);
  if (reached === step) return;
  const text = `${target.name} has the tables of a newer version (step ${reached}) than the rows that are to come (step ${step}). Give a target that is empty.`;
  throw new SimloftError('store_unsafe', text, { details: { reached, step } });
}
