import type { Kysely } from 'kysely';
import type { Capabilities } from '../capabilities.ts';

/** One step of the schema. Steps are never changed once they are published, only followed by others. */
export interface Migration {
  /** `0001-first`; the order of names is the order of steps. */
  readonly name: string;
  up(db: Kysely<never>, capabilities: Capabilities): Promise<void>;
}
