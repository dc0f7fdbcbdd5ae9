import type { LocalTime } from './local-time.ts';
import type { Field } from './parameters.ts';

const defaultLimit = 10;
const largestLimit = 1000;

/** A text that must be there; what is in it is checked by whoever takes it. */
export const text = (allowed: string): Field<string> => ({
  allowed,
  read: (given) => (typeof given === 'string' ? { value: given } : null),
});

/** A text that may be left out; undefined then. */
export const optionalText = (
  allowed: string,
  length: { atLeast: number; atMost: number },
): Field<string | undefined> => ({
  allowed,
  read(given) {
    if (given === undefined) return { value: undefined };
    const fits = typeof given === 'string' && given.length >= length.atLeast && given.length <= length.atMost;
    return fits ? { value: given } : null;
  },
});

/** `limit`: how many rows, 10 by default. */
export const limit: Field<number> = {
  allowed: `a whole number from 1 to ${largestLimit}`,
  read(given) {
    if (given === undefined) return { value: defaultLimit };
    const value = wholeNumber(given);
    return value !== null && value >= 1 && value <= largestLimit ? { value } : null;
  },
};

/** The id of a row. */
export const id = (allowed: string): Field<number> => ({
  allowed,
  read(given) {
    const value = wholeNumber(given);
    return value !== null && value >= 1 && Number.isSafeInteger(value) ? { value } : null;
  },
});

/** `dttm`: a moment as epoch ms; undefined when left out. */
export const time = (localTime: LocalTime): Field<number | undefined> => ({
  allowed:
    'a time such as 2024-08-15 12:46:13 or 2024-08-15T12:46:13.5, in the zone of the gateway unless it ends in Z or +03:00',
  read(given) {
    if (given === undefined) return { value: undefined };
    const at = typeof given === 'string' ? localTime.parse(given) : null;
    return at === null ? null : { value: at };
  },
});

const wholeNumber = (given: unknown): number | null =>
  typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : null;
