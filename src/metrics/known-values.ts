/** What stands for a value that is not known to be harmless. */
export const otherValue = 'other';

export interface KnownValuesOptions {
  /** The whole of a value must match. */
  readonly pattern: RegExp;
  /** No more than so many different ones; each is kept in memory, here and in Prometheus, for good. */
  readonly most: number;
}

/**
 * The set of values that a label has taken, closed by a form and a number: names of modems come from the settings, but what comes
 * over a broker could hold any. A value beyond the set becomes `other`.
 */
export function createKnownValues({ pattern, most }: KnownValuesOptions): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most || value === otherValue || !pattern.test(value) || manyDigits.test(value)) return otherValue;
    known.add(value);
    return value;
  };
}

/** A number of a phone, a card or a device, whatever is around it. */
const manyDigits = /(?:\d\D*){6}/;
