import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';

/** The fields of one request, read by name and kind; what nobody has asked for is an error in the end. */
export class ControlFields {
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #known = new Set<string>(['do']);

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given;
  }

  text(name: string): string | undefined {
    return this.#typed(name, 'a text', (value) => typeof value === 'string') ? String(this.#given[name]) : undefined;
  }

  number(name: string): number | undefined {
    const whole = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    return this.#typed(name, 'a whole number from 0 on', whole) ? Number(this.#given[name]) : undefined;
  }

  flag(name: string): boolean | undefined {
    return this.#typed(name, 'true or false', (value) => typeof value === 'boolean')
      ? this.#given[name] === true
      : undefined;
  }

  numbers(name: string): readonly number[] | undefined {
    const given = this.#given[name];
    const list = (value: unknown) => Array.isArray(value) && value.every((item) => Number.isSafeInteger(item));
    return this.#typed(name, 'a list of whole numbers', list) && Array.isArray(given) ? given.map(Number) : undefined;
  }

  choice<const T extends string | number>(name: string, allowed: readonly T[]): T | undefined {
    const given = this.#given[name];
    this.#typed(name, `one of ${allowed.join(', ')}`, (value) => allowed.some((choice) => choice === value));
    return allowed.find((choice) => choice === given);
  }

  /** A number, or one of some words. */
  numberOr<const T extends string>(name: string, words: readonly T[]): number | T | undefined {
    return typeof this.#given[name] === 'number' ? this.number(name) : this.choice(name, words);
  }

  /** As it stands, for what is read elsewhere. */
  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const given = this.#given[name];
    this.#typed(name, 'an object', isRecord);
    return isRecord(given) ? given : undefined;
  }

  /** Whether it says null, in words. */
  isNull(name: string): boolean {
    this.#known.add(name);
    return this.#given[name] === null;
  }

  /** @throws SimloftError `request_invalid` naming a field that does not exist. */
  finish(): void {
    for (const name of Object.keys(this.#given)) {
      if (this.#known.has(name)) continue;
      const meant = closest(name, [...this.#known]);
      const hint = meant === null ? `There are: ${[...this.#known].join(', ')}.` : `Is "${meant}" meant?`;
      throw new SimloftError('request_invalid', `There is no field "${name}" here. ${hint}`);
    }
  }

  #typed(name: string, wanted: string, fits: (value: unknown) => boolean): boolean {
    this.#known.add(name);
    const value = this.#given[name];
    if (value === undefined) return false;
    if (value === null && !fits(value))
      throw new SimloftError('request_invalid', `"${name}" must be ${wanted}, not null.`);
    if (!fits(value)) throw new SimloftError('request_invalid', `"${name}" must be ${wanted}.`);
    return true;
  }
}

/** @throws SimloftError `request_invalid` when it is not there. */
export function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new SimloftError('request_invalid', `"${name}" is missing.`);
  return value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields that are undefined. */
export function present<T extends object>(given: T): Present<T>;
export function present(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
