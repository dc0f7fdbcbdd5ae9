/** How an event becomes a letter to one kind of service, as data. `{name}` in a text stands for a field of the event or an option. */
export interface Template {
  readonly meaning: string;
  readonly url: UrlSpec;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What its targets are told of unless they say. */
  readonly events: readonly string[];
  /** How `title` and `text` are written, so that what strangers wrote stays a text. */
  readonly escape: 'none' | 'html' | 'entities';
  /** The longest `title` and `text` that the service takes, escaped. */
  readonly longest: { readonly title: number; readonly text: number; readonly unit: 'characters' | 'octets' };
  readonly send: PayloadPattern | HttpPattern | MailPattern;
}

export interface UrlSpec {
  readonly meaning: string;
  /** Where it is nearly always the same. */
  readonly default: string | null;
  readonly protocols: readonly string[];
  /** Who knows the path of the address may write there. */
  readonly secretPath: boolean;
}

export interface OptionSpec {
  readonly meaning: string;
  readonly required: boolean;
  /** Not shown again. */
  readonly secret: boolean;
  readonly pattern: RegExp;
  /** What the pattern lets through, in words. */
  readonly allowed: string;
}

/** The event in the form of the Standard Webhooks specification, signed. */
export interface PayloadPattern {
  readonly kind: 'payload';
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpPattern {
  readonly kind: 'http';
  /** `{url}`; `{url.base}` and `{url.last}` are the address without its last part, and that part. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Pattern;
}

export interface MailPattern {
  readonly kind: 'mail';
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A JSON value whose texts hold names; a text with `#` in front becomes a number. What names an option that is not set is left out. */
export type Pattern = string | number | boolean | readonly Pattern[] | { readonly [name: string]: Pattern };
