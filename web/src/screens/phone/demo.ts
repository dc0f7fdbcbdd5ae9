import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** An order to the virtual modem; `{"do":"help"}` tells all of them. */
export const order = (given: { readonly do: string } & Readonly<Record<string, unknown>>) =>
  call('POST /v1/demo', { body: given });

/** A message that the gateway has sent, its parts together. */
export interface Sent {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
}

interface Part {
  readonly recipient: string;
  readonly text: string;
  readonly at: number;
  readonly part?: number;
  readonly reference?: number;
}

export interface DemoState {
  readonly plugged: boolean;
  readonly silent: boolean;
  readonly registration: number;
  readonly ringing: boolean;
  readonly sim: { readonly state: string };
}

const lookEveryMs = 1_500;

/** How the virtual modem is, looked at again and again. */
export function useDemoState(): DemoState | null {
  const { data } = useQuery({
    queryKey: ['demo', 'state'],
    queryFn: () => order({ do: 'state' }),
    refetchInterval: lookEveryMs,
  });
  const { plugged, silent, registration, ringing, sim } = data ?? {};
  if (typeof plugged !== 'boolean' || typeof registration !== 'number' || typeof sim !== 'object' || sim === null)
    return null;
  const state = 'state' in sim && typeof sim.state === 'string' ? sim.state : '';
  return { plugged, silent: silent === true, registration, ringing: ringing === true, sim: { state } };
}

/** What the gateway has sent, oldest first. */
export function useSent(): readonly Sent[] {
  const { data } = useQuery({
    queryKey: ['demo', 'submitted'],
    queryFn: () => order({ do: 'submitted' }),
    refetchInterval: lookEveryMs,
  });
  const parts: readonly Part[] = Array.isArray(data?.['submitted']) ? data['submitted'] : [];
  return joined(parts);
}

/** Parts of one message have its reference (TS 23.040 §9.2.3.24.1) and come one after the other. */
function joined(parts: readonly Part[]): readonly Sent[] {
  const messages: { reference: number | undefined; message: Sent }[] = [];
  for (const { recipient: to, text, at, part, reference } of parts) {
    const last = messages.at(-1);
    const goesOn = last !== undefined && part !== undefined && part > 1 && last.reference === reference;
    if (goesOn && last.message.to === to) last.message = { ...last.message, text: last.message.text + text };
    else messages.push({ reference, message: { key: `sent ${messages.length}`, to, text, at } });
  }
  return messages.map(({ message }) => message);
}
