import { connect } from 'node:net';
import { type Clock, sleep } from '../core/clock.ts';
import { type CheckedPlace, fixedLookup } from './guard.ts';

/** How long a connection may take, ms. */
const patienceMs = 5_000;

/** Whether anybody takes a connection there; nothing is said to them. Never rejects. */
export async function isReachable({ host, port, addresses }: CheckedPlace, clock: Clock): Promise<boolean> {
  const over = new AbortController();
  const socket = connect({ host, port, lookup: fixedLookup(addresses), autoSelectFamily: true });
  const taken = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  const patience = sleep(clock, patienceMs, over.signal).then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([taken, patience]);
  } finally {
    over.abort();
    socket.destroy();
  }
}
