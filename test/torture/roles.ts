import { setTimeout as pause } from 'node:timers/promises';
import { type Random, seededRandom } from '../../src/core/random.ts';
import { serveVirtualModem } from '../../src/virtual/serve.ts';
import { Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { Flow, type FlowPlan, type TortureResult } from './flow.ts';

export const victims = ['worker modem', 'handler', 'scheduler', 'api', 'rabbit', 'postgres'] as const;
export type Victim = (typeof victims)[number];

/** One blow: who is hit, and how. */
export type Blow =
  | { readonly type: 'kill'; readonly victims: readonly Victim[] }
  /** The wire of a role to a server lets nothing through, and nobody is told. */
  | { readonly type: 'cut'; readonly role: string; readonly server: 'rabbit' | 'postgres'; readonly ms: number }
  | { readonly type: 'purge' };

export interface RolesPlan extends FlowPlan {
  readonly blows: readonly Blow[];
}

/** Everything works again so long after the servers are back. */
const healthyWithinMs = 20_000;

/**
 * Kills processes and servers of an installation in roles, cuts its wires and purges its queues, while messages flow both ways.
 * After each blow a message that comes in must be readable within 20 s; at the end each message must be in the store exactly once, and
 * nothing may have gone out twice.
 */
export async function tortureRoles(plan: RolesPlan): Promise<TortureResult> {
  const random = seededRandom(plan.seed);
  const served = await serveVirtualModem({ pty: true, profile: 'clean', seed: plan.seed, latencyMs: 3, submitMs: 120 });
  const stack = await Stack.start({ modems: { modem: served.port }, env: { LOG_LEVEL: 'warn' } });
  const flow = new Flow(plan, random, served);
  const faults: string[] = [];
  const recoveries: number[] = [];
  try {
    for (const [index, blow] of plan.blows.entries()) {
      const share = (index + 0.5) / plan.blows.length;
      flow.deliver(share);
      const asking = flow.ask(stack.api, share);
      await pause(random.below(400));
      await strike(stack, blow, random);
      flow.deliver((index + 1) / plan.blows.length);
      await asking;
      const took = await flow.allStored(stack.api, healthyWithinMs);
      recoveries.push(took ?? healthyWithinMs);
      if (took === null) faults.push(`not healthy ${healthyWithinMs} ms after ${JSON.stringify(blow)}`);
      if (index % 10 === 9)
        plan.say(`${index + 1} blows, ${flow.said()}, last recovered in ${Math.round(took ?? 0)} ms`);
    }
    recoveries.sort((a, b) => a - b);
    plan.say(
      `healthy again after ${Math.round(recoveries.at(recoveries.length >> 1) ?? 0)} ms (median), ${Math.round(recoveries.at(-1) ?? 0)} ms (longest)`,
    );
    await flow.ask(stack.api, 1);
    const result = await flow.settle(stack.api);
    return { faults: [...faults, ...result.faults], unknown: result.unknown };
  } finally {
    await stack.stop();
    await served.close();
  }
}

/** Resolves when whatever was taken away is back. */
async function strike(stack: Stack, blow: Blow, random: Random): Promise<void> {
  switch (blow.type) {
    case 'kill':
      await Promise.all(blow.victims.map((victim) => kill(stack, victim, random.below(500))));
      return;
    case 'cut': {
      const wire = stack.role(blow.role).wires[blow.server];
      wire.freeze();
      await pause(blow.ms);
      wire.thaw();
      return;
    }
    case 'purge':
      for (const queue of await queuesOf(stack)) await purge(stack, queue);
  }
}

/** The queue of one process goes with its connection, perhaps just now. */
async function purge({ rabbit }: Stack, queue: string): Promise<void> {
  try {
    await rabbit.control('purge_queue', queue);
  } catch (thrown) {
    if (!String(thrown).includes('not_found')) throw thrown;
  }
}

async function kill(stack: Stack, victim: Victim, downMs: number): Promise<void> {
  if (victim === 'rabbit' || victim === 'postgres') {
    await stack[victim].kill();
    await pause(downMs);
    await stack[victim].start();
    return;
  }
  const { process } = stack.role(victim);
  await process.end('SIGKILL');
  await pause(downMs);
  // Its servers may be away as well; it waits for them.
  process.launch();
  if (victim === 'api') await until('the API to answer', () => process.base !== '', 60_000);
}

const queuesOf = async (stack: Stack): Promise<string[]> =>
  (await stack.rabbit.control('list_queues', '--no-table-headers', 'name'))
    .split('\n')
    .map((line) => line.trim())
    .filter((name) => name.startsWith('simloft.') && !name.includes('.commands.'));
