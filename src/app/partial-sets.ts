import type { LiveNotice } from '../core/live.ts';
import type { Store } from '../store/store.ts';
import { changeAndTell, type Teller } from './feed.ts';
import { openSet, textOfSet } from './message-sets.ts';

/** How long a set waits for its missing parts before it is shown with gaps, ms: a code is usually in the first part. */
const defaultPartialAfterMs = 5 * 60_000;

/** Shows incomplete messages whose first part came a while ago; the parts that come later still join them. */
export async function showPartialSets(
  teller: Teller & { readonly store: Pick<Store, 'pendingSets'> },
  afterMs = defaultPartialAfterMs,
): Promise<void> {
  const now = teller.clock.now();
  if ((await teller.store.pendingSets(now - afterMs)).length === 0) return;
  await changeAndTell(teller, async (tx) => {
    const notices: LiveNotice[] = [];
    for (const message of await tx.pendingSets(now - afterMs)) {
      const text = textOfSet(await openSet(tx, message));
      await tx.changeInbound(message.id, { text, state: 'partial', storedAt: await tx.stamp(now) });
      if (!message.blocked) notices.push({ type: 'message.received', id: message.id, modem: message.modem });
    }
    return { notices };
  });
}
