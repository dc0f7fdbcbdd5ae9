import { SimloftError } from '../core/errors.ts';
import { fillHeaders, fillPattern, fillText, type Fields, oneLine, writeText } from './fill.ts';
import type { Letter } from './letter.ts';
import { signatureOf } from './signature.ts';
import type { HttpPattern, MailPattern, PayloadPattern, Template } from './template.ts';
import { templateOf } from './template-table.ts';

/** What is told to one target. */
export interface Told {
  /** The same at each try. */
  readonly id: string;
  readonly type: string;
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly title: string;
  readonly text: string;
  /** The row as it is now. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** To whom. */
export interface Addressee {
  readonly url: string;
  readonly secret: string;
  readonly template: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Writes what is told in the form that the target wants.
 * @param now epoch ms, for the time stamp that is signed.
 * @throws SimloftError `internal` for a template that this version does not know.
 */
export function writeLetter(told: Told, to: Addressee, now: number): Letter {
  const template = templateOf(to.template);
  if (template === null) throw new SimloftError('internal', `This version has no template "${to.template}".`);
  const { send } = template;
  if (send.kind === 'payload') return payload(told, to, { send, now });
  const fields = fieldsOf(told, to, template);
  return send.kind === 'http' ? http(send, fields) : mail(send, { fields, told, url: to.url });
}

function payload(
  { id, type, at, data }: Told,
  { url, secret, options }: Addressee,
  { send, now }: { send: PayloadPattern; now: number },
): Letter {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const timestamp = Math.floor(now / 1000);
  const headers = {
    ...fillHeaders(send.headers, options),
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(secret, { id, timestamp, body }),
  };
  return { kind: 'http', method: 'POST', url, headers, body };
}

function http(send: HttpPattern, fields: Fields): Letter {
  return {
    kind: 'http',
    method: 'POST',
    url: fillText(send.url, fields) ?? '',
    headers: { ...fillHeaders(send.headers, fields), 'content-type': 'application/json' },
    body: JSON.stringify(fillPattern(send.body, fields)),
  };
}

function mail(send: MailPattern, { fields, told, url }: { fields: Fields; told: Told; url: string }): Letter {
  const set = (pattern: string) => fillText(pattern, fields);
  return {
    kind: 'mail',
    url,
    user: set(send.user),
    password: set(send.password),
    from: set(send.from) ?? '',
    to: set(send.to) ?? '',
    subject: set(send.subject) ?? '',
    text: set(send.text) ?? '',
    id: `${told.id}@simloft`,
  };
}

function fieldsOf({ title, text }: Told, { url, options }: Addressee, { escape, longest }: Template): Fields {
  const { unit } = longest;
  const whole = url.replace(/\/+$/, '');
  const end = whole.lastIndexOf('/');
  return {
    ...options,
    url: whole,
    'url.base': whole.slice(0, end + 1),
    'url.last': decodeURIComponent(whole.slice(end + 1)),
    title: writeText(oneLine(title), { escape, most: longest.title, unit }),
    // No service takes an empty text.
    text: writeText(text.trim() === '' ? '—' : text, { escape, most: longest.text, unit }),
  };
}
