import type { OpenStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { PortRemark } from '../core/ports.ts';
import { type CandidatePort, candidatePorts, remarksOn } from './candidate-ports.ts';
import { processNamed } from './port-holder.ts';
import { listPorts, listUsbDevices, type Roots } from './ports.ts';
import { type ProbeResult, probePort } from './probe.ts';

export interface Discovery {
  readonly candidates: readonly CandidatePort[];
  /** What stands in the way. */
  readonly remarks: readonly PortRemark[];
}

export interface FindOptions {
  readonly clock: Clock;
  /** How a candidate is opened; without a fixed way the port itself. */
  readonly open: (path: string) => OpenStream;
  readonly roots?: Roots;
  readonly proc?: string;
  readonly signal?: AbortSignal;
}

export interface FoundPort {
  readonly candidate: CandidatePort;
  readonly imei: string | null;
}

/** What is plugged in, and what may be asked. Nothing is opened. */
export async function discover(roots: Roots = {}, proc = '/proc'): Promise<Discovery> {
  const ports = await listPorts(roots);
  const remarks = [...remarksOn(await listUsbDevices(ports, roots))];
  const modemManager = await processNamed('ModemManager', proc);
  if (modemManager !== null) {
    const text = `ModemManager runs (process ${modemManager}) and writes to every modem that it sees. Keep it off with "sudo systemctl mask --now ModemManager".`;
    remarks.push({ code: 'modem-manager', name: 'ModemManager', text });
  }
  return { candidates: candidatePorts(ports), remarks };
}

/**
 * The first port of a known USB modem that answers AT; ports of unknown devices are not touched.
 * @throws SimloftError `port_not_found`, saying which ports were asked and why others were left alone
 */
export async function findModemPort({ clock, open, roots, proc, signal }: FindOptions): Promise<FoundPort> {
  const { candidates, remarks } = await discover(roots, proc);
  const answers: string[] = [];
  for (const candidate of candidates) {
    if (candidate.verdict === 'leave') {
      answers.push(`${candidate.path}: ${candidate.reason}`);
      continue;
    }
    const result = await tryProbe(open(candidate.path), clock, signal);
    if (result.answers) return { candidate, imei: result.imei };
    answers.push(`${candidate.path}: ${result.reason}`);
  }
  const what = answers.length === 0 ? 'There is no serial port on this machine.' : `${answers.join('. ')}.`;
  throw new SimloftError(
    'port_not_found',
    ['No modem was found.', what, ...remarks.map(({ text }) => text)].join(' '),
    {
      details: { answers },
    },
  );
}

/** Like {@link probePort}, but a port that cannot be opened is an answer too. */
export async function tryProbe(open: OpenStream, clock: Clock, signal?: AbortSignal): Promise<ProbeResult> {
  try {
    return await probePort(open, clock, signal);
  } catch (thrown) {
    signal?.throwIfAborted();
    return { answers: false, reason: toSimloftError(thrown).message.replace(/\.$/, '') };
  }
}
