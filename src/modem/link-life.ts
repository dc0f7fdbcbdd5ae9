import type { ErrorCode } from '../core/errors.ts';
import type { LinkState } from '../core/modem-status.ts';

/** Why a link is not ready, in a form for programs and one for people. */
export interface LinkReason {
  readonly code: ErrorCode;
  readonly text: string;
}

export interface LinkLife {
  readonly state: LinkState;
  /** Kept until the link is ready again, so that `opening` after a failure still tells what it is about. */
  readonly reason: LinkReason | null;
  /** Tries in a row that did not reach `ready`; sets the back-off. */
  readonly failures: number;
}

export type LinkInput =
  /** The port is being opened. */
  | { readonly type: 'open' }
  | { readonly type: 'opened' }
  | { readonly type: 'synchronised' }
  | { readonly type: 'identified' }
  | { readonly type: 'initialised' }
  /** It cannot be made ready: the port does not open, nothing answers, the SIM is not usable. */
  | { readonly type: 'fail'; readonly reason: LinkReason }
  /** The port has closed, the modem fell silent or has restarted. */
  | { readonly type: 'lose'; readonly reason: LinkReason }
  /** What is done about a link that does not come back. */
  | { readonly type: 'treat'; readonly reason: LinkReason }
  /** The worker ends. */
  | { readonly type: 'stop' };

export const initialLink: LinkLife = { state: 'closed', reason: null, failures: 0 };

/** The states from which each step of coming up may be made; from anywhere else it is a stale message and changes nothing. */
const steps = {
  open: { from: ['closed', 'failed'], to: 'opening' },
  opened: { from: ['opening'], to: 'synchronising' },
  synchronised: { from: ['synchronising'], to: 'identifying' },
  identified: { from: ['identifying'], to: 'initialising' },
  initialised: { from: ['initialising'], to: 'ready' },
} as const satisfies Record<string, { from: readonly LinkState[]; to: LinkState }>;

/** The next state of the link. Returns the very same object where nothing changes. */
export function nextLink(link: LinkLife, input: LinkInput): LinkLife {
  switch (input.type) {
    case 'fail':
      if (link.state === 'closed') return link;
      return { state: 'failed', reason: input.reason, failures: link.failures + 1 };
    case 'lose': {
      if (link.state === 'closed') return link;
      // A failed link that then loses its port has failed for the earlier reason.
      if (link.state === 'failed') return { ...link, state: 'closed' };
      return { state: 'closed', reason: input.reason, failures: link.failures + 1 };
    }
    case 'treat':
      return link.state === 'ready' ? link : { ...link, reason: input.reason };
    case 'stop':
      return link.state === 'closed' && link.reason === null && link.failures === 0 ? link : initialLink;
    default: {
      const { from, to }: { from: readonly LinkState[]; to: LinkState } = steps[input.type];
      if (!from.includes(link.state)) return link;
      return to === 'ready' ? { state: to, reason: null, failures: 0 } : { ...link, state: to };
    }
  }
}
