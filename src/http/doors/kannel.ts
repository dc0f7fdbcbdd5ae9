import * as v from 'valibot';
import type { Principal } from '../../app/access/principal.ts';
import { may } from '../../app/access/principal.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Answer, Refusal, Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { wholeNumber } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { defined } from '../v1/defined.ts';
import { formType, words } from '../api/form.ts';
import { withLostPlus } from './lost-plus.ts';

const plain = 'text/plain; charset=utf-8';

const refusal: Refusal = { contentType: plain, bodyOf: ({ message }) => message };

/** What Kannel's user guide calls them; what is not among them would do something else than is asked, and is refused. */
const fields = {
  username: words('the name of an access key'),
  user: words('the name of an access key'),
  password: words('an access key'),
  pass: words('an access key'),
  to: v.string('a number, or several with blanks between them'),
  text: v.optional(v.string('the text to send'), ''),
  from: words('the name of a modem'),
  smsc: words('the name of a modem'),
  account: words('a text, which is not heeded'),
  charset: v.optional(v.pipe(v.string(), v.regex(/^utf-?8$/i, 'UTF-8'))),
  coding: v.optional(v.picklist(['0', '2'], '0 or 2: the alphabet follows from the text')),
  validity: v.optional(wholeNumber(5, 635_040, 'a number of minutes from 5 to 635040')),
  mclass: v.optional(v.picklist(['0', '1'], '0 (flash) or 1')),
  'dlr-mask': v.optional(v.picklist(['0'], '0: webhooks tell what becomes of a message')),
};
const asked = v.strictObject(fields);
type Asked = v.InferOutput<typeof asked>;

const answers = {
  202: { description: '`0: Accepted for delivery`', contentType: 'text/plain' },
};

/**
 * Kannel's `sendsms`, with a key's name and the key in the request, as its clients send them. A GET that sends is what they do; so it is
 * served only with a key, never for whoever is on this machine, and a session does not count.
 */
export function kannelRoutes({ resources: { messages, modems }, doorkeeper }: HttpDeps): Route[] {
  const enter = async ({ username, user, password, pass }: Asked, address: string): Promise<Principal> => {
    const key = password ?? pass ?? '';
    const name = username ?? user ?? '';
    if (!(await doorkeeper.asksForKeys())) throw denied('Make a key first: simloft keys add NAME --scope send.');
    const principal = await doorkeeper.admit({ key, name }, address).catch((error: unknown) => {
      if (error instanceof SimloftError && error.code === 'key_invalid') throw denied('');
      throw error;
    });
    if (!may(principal, 'send')) throw denied('The key needs the scope "send".');
    return principal;
  };
  const run = async (given: Asked, address: string): Promise<Answer> => {
    const principal = await enter(given, address);
    const { to, text, from, smsc, validity, mclass, coding, charset } = given;
    if (coding === '2' && charset === undefined) throw utf16();
    const names = (await modems.list(principal)).map(({ record }) => record.modem);
    const modem = [smsc, from].find((name) => name !== undefined && names.includes(name));
    const sent = await messages.send(
      {
        recipients: recipientsIn(to),
        text,
        ...defined({
          modem,
          flash: mclass === '0' ? true : undefined,
          validForMs: validity === undefined ? undefined : validity * 60_000,
        }),
      },
      principal,
    );
    const [failed] = sent.flatMap((one) => ('error' in one ? [one.error] : []));
    if (failed !== undefined) throw failed;
    return { status: 202, raw: '0: Accepted for delivery', headers: { 'content-type': plain }, who: principal.name };
  };
  const common = {
    path: '/cgi-bin/sendsms',
    tag: 'Doors',
    scope: null,
    open: true,
    refusal,
    answers,
    errors: ['scope_missing', 'number_invalid', 'text_empty', 'text_too_long', 'pdu_unencodable', 'quota_used'],
  } as const;
  return [
    route({
      ...common,
      id: 'kannelSend',
      method: 'GET',
      noted: true,
      summary: 'Kannel: send a message, with a key in the address',
      description: 'Addresses end up in logs of proxies: rather take the form, or another address.',
      query: asked,
      run: ({ query, address }) => run(query, address),
    }),
    route({
      ...common,
      id: 'kannelSendForm',
      method: 'POST',
      summary: 'Kannel: send a message, with a form',
      body: asked,
      bodyType: formType,
      run: ({ body, address }) => run(body, address),
    }),
  ];
}

/** Numbers with a blank between them; a second blank is the plus of the next one, which nobody encoded. */
const recipientsIn = (to: string): string[] =>
  to
    .split(/(?<=[^ ]) /)
    .map(withLostPlus)
    .filter((one) => one !== '');

const utf16 = (): SimloftError =>
  new SimloftError(
    'request_invalid',
    'Kannel takes a text with coding=2 for UTF-16BE, which is not read here. Send it in UTF-8, and with charset=UTF-8.',
    { details: { field: 'charset' } },
  );

const denied = (text: string): SimloftError =>
  new SimloftError('scope_missing', `Authorization failed for sendsms. ${text}`.trim());
