import type { HealthReason } from '../../app/queries.ts';

/** A running part of the gateway. */
export interface Role {
  /** What keeps it from its work now; empty while all is well. */
  troubles(): Promise<readonly HealthReason[]>;
  /** Takes no more work, lets what is under way end for some seconds, and leaves everything in order. */
  stop(): Promise<void>;
}
