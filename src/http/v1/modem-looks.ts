import * as v from 'valibot';
import type { SeenPorts } from '../../app/modems/modems.ts';
import type { WireLine } from '../../core/live.ts';
import { portReasons, portRemarks } from '../../core/ports.ts';
import { ok, type Route, route } from '../api/route.ts';
import { writeInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { eventStream, streamHeaders } from './event-stream.ts';
import { modemErrors, params, tag, textOrNull } from './modem-parts.ts';

const seenPorts = v.object({
  ports: v.array(
    v.object({
      path: v.string(),
      stable_path: textOrNull,
      usb: textOrNull,
      name: textOrNull,
      reason: v.picklist(portReasons),
      in_use: v.boolean(),
      answers: v.nullable(v.boolean()),
      imei: textOrNull,
      text: v.string(),
    }),
  ),
  remarks: v.array(v.object({ code: v.picklist(portRemarks), name: v.string(), text: v.string() })),
});

const portsJson = ({ ports, remarks }: SeenPorts): v.InferOutput<typeof seenPorts> => ({
  ports: ports.map(({ stablePath, inUse, ...port }) => ({ ...port, stable_path: stablePath, in_use: inUse })),
  remarks: [...remarks],
});

const wireFrame = (lines: readonly WireLine[]): Buffer =>
  Buffer.from(
    `event: lines\ndata: ${JSON.stringify(lines.map((line) => ({ ...line, at: writeInstant(line.at) })))}\n\n`,
  );

/** For who looks for a fault: where a modem may be, and what is said to it. */
export function modemLooks({ resources: { modems, live } }: HttpDeps): Route[] {
  return [
    ...(
      [
        ['GET', 'listPorts', 'The serial ports of the machine that a modem is at; none is opened'],
        ['POST', 'askPorts', 'Ask the serial ports that may be a modem whether they answer AT'],
      ] as const
    ).map(([method, id, summary]) =>
      route({
        id,
        method,
        path: '/v1/modems/{id}/ports',
        tag,
        summary,
        description: 'Why each is taken or left alone, and what stands in the way (`remarks`), with what to do.',
        scope: 'admin',
        unnoted: true,
        params,
        answers: { 200: { description: 'The ports, the likeliest first', schema: seenPorts } },
        errors: modemErrors,
        run: async ({ params: { id: modem }, principal, signal }) =>
          ok(portsJson(await modems.ports({ modem, principal, signal }, method === 'POST'))),
      }),
    ),
    route({
      id: 'traceModem',
      method: 'GET',
      path: '/v1/modems/{id}/trace',
      tag,
      summary: 'What is said to a modem and by it, live: a stream of server-sent events',
      description:
        'Each event `lines` holds a list of `{at, direction, text}`; `out` is what the gateway says. PINs, numbers, texts and PDUs are masked before they leave the worker.',
      scope: 'admin',
      params,
      answers: { 200: { description: 'The stream; it has no end', contentType: 'text/event-stream' } },
      errors: modemErrors,
      async run({ params: { id: modem }, principal, signal }) {
        const items = await modems.wire({ modem, principal, signal });
        const raw = eventStream({ items, frameOf: wireFrame, opening: 'retry: 2000\n\n', clock: live.clock });
        return { status: 200, raw, headers: streamHeaders };
      },
    }),
  ];
}
