import { z } from 'zod';
import type { LocalTime } from './local-time.ts';

const defaultLimit = 10;
const largestLimit = 1000;

/** `limit`: how many rows, 10 by default. */
export const limitSchema = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(largestLimit))
  .default(defaultLimit);
export const limitWords = `a whole number from 1 to ${largestLimit}`;

/** `dttm`: a moment, epoch ms. */
export const timeSchema = (localTime: LocalTime) =>
  z.string().transform((text, context): number => {
    const at = localTime.parse(text);
    if (at !== null) return at;
    context.addIssue({ code: 'custom', message: 'not a time' });
    return z.NEVER;
  });
export const timeWords =
  'a time such as 2024-08-15 12:46:13 or 2024-08-15T12:46:13.5, in the zone of the gateway unless it ends in Z or +03:00';
