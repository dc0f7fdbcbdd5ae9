/** One test vector: what a codec gets, and what a public project's own test says about the answer. */
export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly op: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly source: string;
  /** Questions on which careful implementations differ; such vectors are counted apart. */
  readonly policy?: readonly string[];
  /** Why the statement should not be trusted; such vectors are not judged. */
  readonly suspect?: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What the product makes of a vector: fields, a refusal, or no such function. */
export type Outcome = { readonly out: Fields } | { readonly error: string } | { readonly skip: string };

export type Answer = Outcome & { readonly id: string };
