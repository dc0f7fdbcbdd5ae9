import { type Clock, sleep } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { type CheckedPlace, checkPlace, type GuardOptions } from './guard.ts';
import { type HttpAnswer, sendHttp } from './http-carrier.ts';
import { type Carrier, type CarryOptions, type Letter, type Outcome, patienceMs } from './letter.ts';
import { isReachable } from './reach.ts';

export interface CarrierOptions extends GuardOptions {
  readonly clock: Clock;
}

type Known = Omit<Outcome, 'ms'>;

/** Carries letters over HTTP and SMTP, each in at most 15 s from the first look for the name to the end of the answer. */
export function createCarrier({ clock, ...guard }: CarrierOptions): Carrier {
  return {
    async carry(letter, options) {
      const begun = clock.monotonic();
      const work = (signal: AbortSignal) => carry(letter, options, { guard, clock, signal });
      const outcome = await withPatience(clock, options.signal, work);
      return { ...outcome, ms: Math.round(clock.monotonic() - begun) };
    },
    async reach(url, { allowInsecure }) {
      try {
        return await isReachable(await checkPlace({ url, allowInsecure }, guard), clock);
      } catch {
        return false;
      }
    },
  };
}

interface Carrying {
  readonly guard: GuardOptions;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

async function carry(
  letter: Letter,
  { allowInsecure }: CarryOptions,
  { guard, clock, signal }: Carrying,
): Promise<Known> {
  const place = await checkPlace({ url: letter.url, allowInsecure }, guard);
  signal.throwIfAborted();
  if (letter.kind === 'http') return fromHttp(await sendHttp(letter, place, signal), clock.now());
  return mail(letter, place, allowInsecure);
}

/** The mail client is loaded by those who send mail. */
async function mail(
  letter: Extract<Letter, { kind: 'mail' }>,
  place: CheckedPlace,
  allowInsecure: boolean,
): Promise<Known> {
  const { sendMail } = await import('./mail.ts');
  const answer = await sendMail(letter, place, { plain: allowInsecure || place.home });
  return { ...answer, ok: answer.error === null, retryAfterMs: null };
}

/** Runs `work` until it ends or patience does; what it throws is an outcome too. */
async function withPatience(
  clock: Clock,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Known>,
): Promise<Known> {
  const late = new AbortController();
  const over = new AbortController();
  const signal = outer === undefined ? late.signal : AbortSignal.any([late.signal, outer]);
  const waiting = sleep(clock, patienceMs, over.signal).then(
    () => {
      late.abort();
      return failed(`It did not answer within ${patienceMs / 1000} s.`, false);
    },
    () => failed('The try was broken off.', true),
  );
  const stopped = new Promise<Known>((resolve) => {
    outer?.addEventListener('abort', () => resolve(failed('The try was broken off: the gateway stops.', true)), {
      once: true,
    });
  });
  const working = work(signal).catch(explained);
  try {
    return await Promise.race([working, waiting, stopped]);
  } finally {
    over.abort();
  }
}

function fromHttp({ status, answer, retryAfter }: HttpAnswer, now: number): Known {
  const ok = status >= 200 && status < 300;
  const retryAfterMs = ok ? null : delayOf(retryAfter, now);
  // A proxy whose server is away answers for it.
  const unreachable = [502, 503, 504].includes(status) && retryAfterMs === null;
  return { ok, status, answer, error: ok ? null : refusalOf(status), unreachable, retryAfterMs };
}

function refusalOf(status: number): string {
  if (status >= 300 && status < 400)
    return `It answered ${status}, a redirect. Redirects are not followed: set the address where it leads to.`;
  return `It answered ${status}.`;
}

/** Seconds or a date (RFC 9110 §10.2.3); no more than a day. */
function delayOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), 86_400_000);
}

const failed = (error: string, unreachable: boolean): Known => ({
  ok: false,
  status: null,
  answer: null,
  error,
  unreachable,
  retryAfterMs: null,
});

/** Codes that say that nobody was there, in words. */
const absences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there.',
  EHOSTUNREACH: 'There is no way to it.',
  ENETUNREACH: 'There is no way to its network.',
  EHOSTDOWN: 'The machine is away.',
  ENOTFOUND: 'Its name is not known.',
  EAI_AGAIN: 'Its name cannot be looked up now.',
  ETIMEDOUT: 'No connection came about in time.',
};

/** Texts of errors of the connection may hold parts of the address, where tokens may stand; codes do not. */
function explained(thrown: unknown): Known {
  if (thrown instanceof SimloftError) return failed(thrown.message, false);
  const code = codeOf(thrown);
  const absence = code === null ? undefined : absences[code];
  if (absence !== undefined) return failed(`${absence} (${code})`, true);
  return failed(`The connection failed${code === null ? '' : ` (${code})`}.`, false);
}

function codeOf(thrown: unknown): string | null {
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}
