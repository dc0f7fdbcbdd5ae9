/** What is sent to a target, ready to go. */
export type Letter = HttpLetter | MailLetter;

export interface HttpLetter {
  readonly kind: 'http';
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface MailLetter {
  readonly kind: 'mail';
  /** `smtp://host:587` (STARTTLS) or `smtps://host:465`. */
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
  /** Addresses, with commas between them. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without angle brackets; the same at each try, so that a mailbox may know it again. */
  readonly id: string;
}

/** What came of it. */
export interface Outcome {
  /** The target has accepted it. */
  readonly ok: boolean;
  /** HTTP status, or reply code of a mail server; null when none came. */
  readonly status: number | null;
  /** The first 1,024 octets of what it said. */
  readonly answer: string | null;
  /** Why it failed, in a sentence without anything of the letter; null when it did not. */
  readonly error: string | null;
  /** How long it took. */
  readonly ms: number;
  /** Nobody was there: no connection came about, or a proxy said so. */
  readonly unreachable: boolean;
  /** The target asks to be left alone so long, ms; null when it does not. */
  readonly retryAfterMs: number | null;
}

export interface Carrier {
  /** Carries a letter there. Never rejects: what goes wrong is an outcome. */
  carry(letter: Letter, options: CarryOptions): Promise<Outcome>;
  /** Whether anybody takes a connection at the place of `url`; nothing is told. Never rejects. */
  reach(url: string, options: CarryOptions): Promise<boolean>;
}

export interface CarryOptions {
  /** Without encryption to public addresses too. */
  readonly allowInsecure: boolean;
  /** Ends the try. */
  readonly signal?: AbortSignal;
}

/** How long a try may take in all, ms. */
export const patienceMs = 15_000;
/** Octets of an answer that are kept. */
export const answerOctets = 1_024;
