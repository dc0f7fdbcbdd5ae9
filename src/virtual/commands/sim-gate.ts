import { fail } from '../answer.ts';
import type { CommandHandler, Machine } from '../machine.ts';

/** Lets a command through only when the card can be read; else the error that TS 27.007 §9.2 or TS 27.005 §3.2.5 has for it. */
export function withSim(family: 'cme' | 'cms', run: CommandHandler): CommandHandler {
  return (request, machine) => {
    const code = obstacle(machine);
    if (code === null || request.form === 'test') return run(request, machine);
    return fail(family === 'cme' ? { cme: code.cme } : { cms: code.cms });
  };
}

function obstacle({ sim }: Machine): { readonly cme: number; readonly cms: number } | null {
  if (sim.state === 'NOT INSERTED') return { cme: 10, cms: 310 };
  if (sim.busy) return { cme: 14, cms: 314 };
  if (sim.state === 'SIM PIN') return { cme: 11, cms: 311 };
  return sim.state === 'SIM PUK' ? { cme: 12, cms: 316 } : null;
}
