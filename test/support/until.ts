import { setTimeout as pause } from 'node:timers/promises';

/** At first it is asked often, for what is quick may be measured; who waits for seconds leaves the processor to what is waited for. ms */
const [shortest, longest] = [5, 100];
const part = 20;

/** Asks again and again until `probe` gives something other than null, undefined or false; throws after `limitMs`. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 20_000,
): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const found = await probe();
    if (found !== null && found !== undefined && found !== false) return found;
    const waited = performance.now() - begun;
    if (waited > limitMs) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await pause(Math.min(Math.max(waited / part, shortest), longest));
  }
}
