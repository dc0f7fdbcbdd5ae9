import { deliverIdentity } from './identity.ts';
import type { Deliver } from './tpdu.ts';
import { concatenation } from './user-data-header.ts';

/**
 * How a part belongs to an open set of the same key: it is a `new-part` of it; it is there already (`duplicate`); or it
 * begins a `new-set`, because the reference was used again.
 */
export type PartPlace = 'new-part' | 'duplicate' | 'new-set';

/** Parts of one set are sent within hours; a reference comes back after 256 sets, or at once from simple phones. */
const longestSpreadMs = 24 * 60 * 60 * 1000;

/**
 * Places a part among those of an open set with the same `setKey`. The same content is a duplicate of the network; other
 * content under the same number, or a service centre time more than a day from all others, begins a new set.
 */
export function placePart(existing: readonly Deliver[], part: Deliver): PartPlace {
  const seq = concatenation(part.userData)?.seq;
  const identity = deliverIdentity(part);
  const rival = existing.find((other) => concatenation(other.userData)?.seq === seq);
  if (rival !== undefined)
    return existing.some((other) => deliverIdentity(other) === identity) ? 'duplicate' : 'new-set';
  return existing.length === 0 || existing.some((other) => closeInTime(other, part)) ? 'new-part' : 'new-set';
}

/** Times that are not valid tell nothing, and keep no part out. */
function closeInTime(a: Deliver, b: Deliver): boolean {
  const from = a.timestamp.at;
  const to = b.timestamp.at;
  return from === null || to === null || Math.abs(from - to) <= longestSpreadMs;
}
