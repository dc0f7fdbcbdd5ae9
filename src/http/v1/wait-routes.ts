import * as v from 'valibot';
import type { Principal } from '../../app/access/principal.ts';
import { confidences, pickCall, pickCode, pickMessage, type Wanted } from '../../app/live/answers.ts';
import type { Waited, WaitPlace, WaitRequest } from '../../app/live/wait.ts';
import { SimloftError } from '../../core/errors.ts';
import { type Answer, ok, type Route, route } from '../api/route.ts';
import { flag, instant, integer, textOf, wholeNumber } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { callJson, callSchema } from './call-routes.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { messageJson, messageSchema } from './message-json.ts';
import { peer } from './peer.ts';

const tag = 'Live';

const readPlace = (values: readonly (string | number)[]): WaitPlace | null => {
  const [id, ...seen] = values.filter((value) => typeof value === 'number');
  return id === undefined || seen.length + 1 < values.length || id < 0 ? null : { id, seen };
};
const writePlace = ({ id, seen }: WaitPlace): string => writeCursor([id, ...seen]);

const waiting = {
  sender: v.optional(peer),
  modem: v.optional(textOf(1, 40, 'the name of a modem')),
  since: v.optional(instant),
  after: v.optional(cursor(readPlace)),
  timeout: v.optional(wholeNumber(1, 300, 'a number of seconds from 1 to 300'), '60'),
};
const match = v.optional(textOf(1, 200, 'a part of the text, 1 to 200 characters'));
const unclaimed = { unclaimed: v.optional(flag) };
const next = v.string();

const messageQuery = { ...waiting, match };
const codeQuery = {
  ...messageQuery,
  min_confidence: v.optional(v.picklist(confidences, `one of ${confidences.join(', ')}`), 'likely'),
};
const callQuery = { ...waiting, digits: v.optional(wholeNumber(1, 15, 'a number of digits from 1 to 15'), '6') };

const rules = [
  '`sender` is a part of the sender, whatever the case. The first that came since the request began answers, at once when it is committed;',
  'with `since` what is stored already counts too, the oldest first, and with `after` (the `next` of the last answer) what came after that answer: asked again and again like that, nothing is missed and nothing comes twice.',
  'Nothing within `timeout` seconds (60 unless given) is 408 `wait_timeout`, with `next` among its details.',
].join(' ');
const matching = '`match` is a part of the text, whatever the case; it is no pattern.';
const asking = 'Nothing is changed: all who wait get the same. `unclaimed=true` leaves out what somebody has claimed.';
const claiming =
  'Claims it: it goes to one of all who claim, in whichever process of the API they wait, and is never given to another one. Only when the connection was closed before the answer could be written it is given back.';

const codeSchema = v.object({
  code: v.string(),
  shown: v.string(),
  confidence: v.picklist(confidences),
  domain: v.nullable(v.string()),
  valid_for: v.nullable(integer),
  message: messageSchema,
  next,
});

/** What all waits are asked. */
interface Asked {
  readonly sender?: string | undefined;
  readonly modem?: string | undefined;
  readonly since?: number | undefined;
  readonly after?: WaitPlace | undefined;
  readonly timeout: number;
  readonly unclaimed?: boolean | undefined;
}

/** Waits for what comes in, without asking again and again. */
export const waitRoutes = (deps: HttpDeps): Route[] => [...routesOf(deps, false), ...routesOf(deps, true)];

/** @param claim whether what comes is taken, or only looked at. */
function routesOf({ resources: { live } }: HttpDeps, claim: boolean): Route[] {
  const wait = async <Hit>(
    { since, after, timeout, unclaimed: free = false }: Asked,
    request: Pick<WaitRequest<Hit>, 'kind' | 'pick' | 'signal'>,
    answer: (hit: Hit) => object,
  ): Promise<Answer> => {
    const place = defined({ since, after });
    const waited = await live.wait({ ...request, ...place, claim, unclaimed: free, timeoutMs: timeout * 1_000 });
    if (waited.hit === null) throw tooLate(waited, timeout);
    return ok({ ...answer(waited.hit), next: writePlace(waited.next) });
  };
  const common = {
    method: claim ? 'POST' : 'GET',
    tag,
    errors: ['wait_timeout', 'too_many_listeners', 'store_unavailable'],
  } as const;
  const taking = claim ? ', and take it' : '';
  const described = (own: string) => [rules, own, claim ? claiming : asking].filter((part) => part !== '').join(' ');
  return [
    route({
      ...common,
      id: claim ? 'claimMessage' : 'waitForMessage',
      path: '/v1/wait/message',
      summary: `Wait for a message${taking}`,
      description: described(matching),
      scope: 'read',
      query: claim ? v.strictObject(messageQuery) : v.strictObject({ ...messageQuery, ...unclaimed }),
      answers: { 200: { description: 'It came', schema: v.object({ message: messageSchema, next }) } },
      run: async ({ query, principal, signal }) => {
        const pick = pickMessage({ ...wantedOf(query, principal), ...defined({ match: query.match }) });
        return wait(query, { kind: 'message', pick, signal }, (received) => ({ message: messageJson(received) }));
      },
    }),
    route({
      ...common,
      id: claim ? 'claimCode' : 'waitForCode',
      path: '/v1/wait/code',
      summary: `Wait for a message with a one-time code${taking}`,
      description: described(
        `${matching} A code that is less sure than \`min_confidence\` does not count. A claimed code and a claimed message are one.`,
      ),
      scope: 'read',
      query: claim ? v.strictObject(codeQuery) : v.strictObject({ ...codeQuery, ...unclaimed }),
      answers: { 200: { description: 'It came: `code` as one types it', schema: codeSchema } },
      run: async ({ query, principal, signal }) => {
        const { match: part, min_confidence: confidence } = query;
        const pick = pickCode({ ...wantedOf(query, principal), confidence, ...defined({ match: part }) });
        return wait(query, { kind: 'message', pick, signal }, ({ found, received }) => ({
          code: found.code,
          shown: found.shown,
          confidence: found.confidence,
          domain: found.domain ?? null,
          valid_for: found.validForMs === undefined ? null : Math.round(found.validForMs / 1_000),
          message: messageJson(received),
        }));
      },
    }),
    route({
      ...common,
      id: claim ? 'claimCall' : 'waitForCall',
      path: '/v1/wait/call',
      summary: `Wait for a call${taking}: a code may be the end of the number`,
      description: described(
        '`code` is the last `digits` of the number. A call is told of as soon as its number is known, which may be after the first ring; one that hides its number never is.',
      ),
      scope: 'calls',
      query: claim ? v.strictObject(callQuery) : v.strictObject({ ...callQuery, ...unclaimed }),
      answers: {
        200: {
          description: 'Somebody calls, or called',
          schema: v.object({ code: v.string(), caller: v.string(), call: callSchema, next }),
        },
      },
      run: async ({ query, principal, signal }) =>
        wait(query, { kind: 'call', pick: pickCall(wantedOf(query, principal)), signal }, (call) => ({
          code: call.caller.replaceAll(/\D/g, '').slice(-query.digits),
          caller: call.caller,
          call: callJson(call),
        })),
    }),
  ];
}

const wantedOf = ({ sender, modem, since }: Asked, principal: Principal): Wanted => ({
  principal,
  ...defined({ sender, modem, since }),
});

const tooLate = ({ next: place }: Waited<unknown>, seconds: number): SimloftError =>
  new SimloftError(
    'wait_timeout',
    `Nothing that was waited for came within ${seconds} seconds. To go on without a gap, ask again with "after" and the "next" of this answer.`,
    { details: { next: writePlace(place) } },
  );
