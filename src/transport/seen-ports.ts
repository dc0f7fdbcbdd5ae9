import { realpath } from 'node:fs/promises';
import type { OpenStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import type { PortRemark, SeenPort } from '../core/ports.ts';
import type { CandidatePort } from './candidate-ports.ts';
import { discover, tryProbe } from './find-modem.ts';
import type { Roots } from './ports.ts';

export interface LookOptions {
  readonly clock: Clock;
  readonly open: (path: string) => OpenStream;
  /** Asks the ports that may be a modem's; otherwise none is opened. */
  readonly ask: boolean;
  /** The port that is ours already: it is not asked. */
  readonly inUse: string | null;
  readonly roots?: Roots;
  readonly proc?: string;
  readonly signal?: AbortSignal;
}

/** The serial ports of this machine, the likeliest first: which one answers AT, why others were left alone, and what stands in the way. */
export async function lookAtPorts(
  options: LookOptions,
): Promise<{ readonly ports: SeenPort[]; readonly remarks: readonly PortRemark[] }> {
  const { candidates, remarks } = await discover(options.roots, options.proc);
  const inUse = options.inUse === null ? null : await realpath(options.inUse).catch(() => options.inUse);
  const ports: SeenPort[] = [];
  for (const candidate of candidates) ports.push(await look(candidate, { ...options, inUse }));
  return { ports, remarks };
}

async function look(candidate: CandidatePort, { clock, open, ask, inUse, signal }: LookOptions): Promise<SeenPort> {
  const { path, stablePath, vendorId, productId, name, why, reason, verdict } = candidate;
  const own = path === inUse;
  const usb = vendorId === null ? null : `${vendorId}:${productId}`;
  const seen = { path, stablePath, usb, name, reason: why, inUse: own, answers: null, imei: null };
  if (own) return { ...seen, text: `${reason.replace(/^left alone: /, '')}: the gateway uses it` };
  if (verdict === 'leave' || !ask) return { ...seen, text: reason };
  const found = await tryProbe(open(path), clock, signal);
  if (!found.answers) return { ...seen, answers: false, text: `${reason}: ${found.reason}` };
  const text = `${reason}: answers AT. Use it with MODEM_PORT=${stablePath ?? path}`;
  return { ...seen, answers: true, imei: found.imei, text };
}
