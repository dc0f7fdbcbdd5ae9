import * as v from 'valibot';
import { type AnySchema, limit } from '../api/schema.ts';

/** What all lists have in common. */
export const page = {
  limit,
  of: <Item extends AnySchema>(item: Item) => v.object({ items: v.array(item), next: v.nullable(v.string()) }),
} as const;
