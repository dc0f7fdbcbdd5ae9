import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { textOf } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { modemErrors, params, tag, textOrNull } from './modem-parts.ts';

const ussdAnswer = v.object({ text: textOrNull, more: v.boolean() });
const code = v.pipe(
  v.string('a USSD code such as "*100#"'),
  v.regex(/^[\d*#+]{1,160}$/, 'a USSD code such as "*100#": digits, *, # and +'),
);
/** What a modem can be asked to do. */
export function modemOrders({ resources: { modems } }: HttpDeps): Route[] {
  return [
    route({
      id: 'askUssd',
      method: 'POST',
      path: '/v1/modems/{id}/ussd',
      tag,
      summary: 'Ask the network by USSD, or answer its menu',
      description:
        'With `more` the network has sent a menu and waits for a `reply`, for 30 to 120 seconds. A new `code` ends a menu that is open. It may cost money, as if dialled on a phone.',
      scope: 'calls',
      params,
      body: v.union(
        [
          v.strictObject({ code }),
          v.strictObject({ reply: textOf(1, 160, 'the answer to the menu, 1 to 160 characters') }),
        ],
        'a JSON object: {"code":"*100#"}, or {"reply":"1"} to answer a menu',
      ),
      answers: { 200: { description: 'What the network answered', schema: ussdAnswer } },
      errors: [...modemErrors, 'ussd_refused', 'ussd_timeout', 'ussd_busy', 'ussd_no_session'],
      run: async ({ params: { id: modem }, body, principal, signal }) =>
        ok(await modems.ussd({ modem, principal, signal }, body)),
    }),
    route({
      id: 'endUssd',
      method: 'DELETE',
      path: '/v1/modems/{id}/ussd',
      tag,
      summary: 'End the USSD session',
      scope: 'calls',
      params,
      answers: { 204: { description: 'No menu is open any more' } },
      errors: modemErrors,
      async run({ params: { id: modem }, principal, signal }) {
        await modems.endUssd({ modem, principal, signal });
        return { status: 204 };
      },
    }),
    route({
      id: 'restartModem',
      method: 'POST',
      path: '/v1/modems/{id}/restart',
      tag,
      summary: 'Restart a modem',
      description: 'It comes back by itself, after half a minute or so. What it was sending ends as unknown.',
      scope: 'admin',
      params,
      answers: { 202: { description: 'It restarts' } },
      errors: modemErrors,
      async run({ params: { id: modem }, principal, signal }) {
        await modems.restart({ modem, principal, signal });
        return { status: 202 };
      },
    }),
    route({
      id: 'enterPin',
      method: 'POST',
      path: '/v1/modems/{id}/pin',
      tag,
      summary: 'Enter the PIN of the SIM card of a modem',
      description:
        'Answers when the card has taken it and the modem is ready, or says why not. A PIN that was wrong is never tried again, and the last try that a card has is left to a person. The gateway keeps it until it ends; `MODEM_PIN` is for good.',
      scope: 'admin',
      params,
      body: v.strictObject(
        { pin: v.pipe(v.string('4 to 8 digits'), v.regex(/^\d{4,8}$/, '4 to 8 digits')) },
        'a JSON object such as {"pin":"1234"}',
      ),
      answers: { 204: { description: 'The modem is ready' } },
      errors: [...modemErrors, 'sim_pin_wrong', 'sim_pin_needed', 'sim_puk_needed', 'sim_missing', 'sim_failed'],
      async run({ params: { id: modem }, body: { pin }, principal, signal }) {
        await modems.unlock({ modem, principal, signal }, pin);
        return { status: 204 };
      },
    }),
    route({
      id: 'runAtCommand',
      method: 'POST',
      path: '/v1/modems/{id}/at',
      tag,
      summary: 'Run an AT command',
      description:
        'For who looks for a fault. It waits its turn among the commands of the gateway. Messages are not sent by it.',
      scope: 'admin',
      params,
      body: v.strictObject(
        {
          command: textOf(1, 400, 'an AT command such as "AT+CSQ", at most 400 characters'),
          timeout: v.optional(
            v.pipe(
              v.number('a number of seconds from 1 to 120'),
              v.minValue(1, 'a number of seconds from 1 to 120'),
              v.maxValue(120, 'a number of seconds from 1 to 120'),
            ),
          ),
        },
        'a JSON object such as {"command":"AT+CSQ"}',
      ),
      answers: {
        200: {
          description: 'The lines of the answer, its result code last',
          schema: v.object({ lines: v.array(v.string()) }),
        },
      },
      errors: modemErrors,
      async run({ params: { id: modem }, body: { command, timeout = 10 }, principal, signal }) {
        const lines = await modems.at({ modem, principal, signal }, { line: command, timeoutMs: timeout * 1_000 });
        return ok({ lines });
      },
    }),
  ];
}
