import type { Urc } from '../at/urc.ts';
import { eventBase, type ModemContext } from './context.ts';

export type DirectUrc = Extract<Urc, { type: 'CMT' | 'CDS' | 'CBM' }>;

export function isDirect(urc: Urc): urc is DirectUrc {
  return urc.type === 'CMT' || urc.type === 'CDS';
}

/** Hands over a message that the modem routed past its memories: it exists nowhere else, so it is kept until it is safe. */
export function publishDirect(context: ModemContext, sim: string | null, { pdu, length }: DirectUrc): void {
  const where = { source: 'direct', found: 'indicated', memory: null, slot: null, stat: null, sim } as const;
  context
    .publishSurely({
      ...eventBase(context),
      ...where,
      type: 'pdu.received',
      pdu: pdu.toUpperCase(),
      tpduLength: length,
    })
    .catch((error: unknown) => context.log.error({ err: error }, 'A directly routed message could not be made safe.'));
}
