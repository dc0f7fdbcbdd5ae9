import { seededRandom } from '../../src/core/random.ts';
import { serveVirtualModem } from '../../src/virtual/serve.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { Flow, type FlowPlan, type TortureResult } from './flow.ts';
import { setTimeout as pause } from 'node:timers/promises';

export interface TorturePlan extends FlowPlan {
  /** How often the gateway is killed with SIGKILL. */
  readonly kills: number;
}

/**
 * Kills the gateway at random moments while messages flow both ways. The modem and its network live on in this process, as they would.
 * Every message must be in the store exactly once, nothing may go out twice, and the SIM must end empty.
 */
export async function torture(plan: TorturePlan): Promise<TortureResult> {
  using folder = temporaryFolder();
  const random = seededRandom(plan.seed);
  const served = await serveVirtualModem({ pty: true, profile: 'clean', seed: plan.seed, latencyMs: 3, submitMs: 120 });
  const env = { MODEM_PORT: served.port, DATA_DIR: folder.path, LOG_LEVEL: 'warn' };
  const flow = new Flow(plan, random, served);
  try {
    for (let round = 1; round <= plan.kills; round += 1) {
      flow.deliver(round / plan.kills);
      // A third of the kills come while it starts and clears the SIM, the others while messages go both ways.
      if (random.below(3) === 0) await GatewayProcess.startAndKill(env, 150 + random.below(600));
      else {
        const gateway = await GatewayProcess.start(env);
        const asking = flow.ask(gateway, round / plan.kills);
        await pause(random.below(600));
        await gateway.end('SIGKILL');
        await asking;
      }
      if (round % 10 === 0) plan.say(`${round} kills, ${flow.said()}`);
    }
    const gateway = await GatewayProcess.start(env);
    try {
      await flow.ask(gateway, 1);
      return await flow.settle(gateway);
    } finally {
      await gateway.end('SIGTERM');
    }
  } finally {
    await served.close();
  }
}
