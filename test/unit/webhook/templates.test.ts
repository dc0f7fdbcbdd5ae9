import { describe, expect, it } from 'vitest';
import { type Filled, fillPattern, fillText, writeText } from '../../../src/webhook/fill.ts';
import { readTarget, shownTarget } from '../../../src/webhook/read-target.ts';
import { newSecret } from '../../../src/webhook/signature.ts';
import { templateNames } from '../../../src/webhook/template-table.ts';
import { type Addressee, type Told, writeLetter } from '../../../src/webhook/write-letter.ts';

const secret = newSecret();
const hostile = '<b>hi</b> <!channel> & "x" {token} *bold* [a](http://evil.test)\n\u0000</b>';
const told: Told = {
  id: 'evt_17_3',
  type: 'message.received',
  at: Date.UTC(2026, 0, 1, 12),
  title: 'SMS from\r\nBank',
  text: hostile,
  data: { id: 'in-5', text: hostile },
};
const to = (template: string, url: string, options: Record<string, string> = {}): Addressee => ({
  url,
  secret,
  template,
  options,
});
const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

function letterTo(addressee: Addressee, what: Told = told) {
  const letter = writeLetter(what, addressee, Date.UTC(2026, 0, 1, 12, 5));
  if (letter.kind !== 'http') throw new Error('no HTTP');
  const body: Record<string, unknown> = JSON.parse(letter.body);
  return { ...letter, body };
}

describe('a letter of the template', () => {
  it('json is the event in the form of the Standard Webhooks, signed', () => {
    expect(letterTo(to('json', 'http://10.0.0.1/hook?key=1', { authorization: 'Bearer x' }))).toEqual({
      kind: 'http',
      method: 'POST',
      url: 'http://10.0.0.1/hook?key=1',
      headers: {
        authorization: 'Bearer x',
        'content-type': 'application/json',
        'webhook-id': 'evt_17_3',
        'webhook-timestamp': String(Date.UTC(2026, 0, 1, 12, 5) / 1000),
        'webhook-signature': expect.stringMatching(/^v1,[\w+/]{43}=$/),
      },
      body: { type: 'message.received', timestamp: '2026-01-01T12:00:00.000Z', data: told.data },
    });
  });

  it('ntfy names the topic in the body, where a title cannot become a header', () => {
    const letter = letterTo(to('ntfy', 'https://ntfy.sh/my-topic', { token: 'tk_1', priority: '4' }));
    expect(letter.url).toBe('https://ntfy.sh/');
    expect(letter.headers).toEqual({ authorization: 'Bearer tk_1', 'content-type': 'application/json' });
    expect(letter.body).toEqual({
      topic: 'my-topic',
      title: 'SMS from Bank',
      message: hostile.replace('\u0000', '\ufffd'),
      priority: 4,
    });
    expect(letterTo(to('ntfy', 'http://10.0.0.1/ntfy/home')).body).not.toHaveProperty('priority');
  });

  it('telegram escapes what is markup, and keeps the token out of texts that ask for it', () => {
    const letter = letterTo(to('telegram', 'https://api.telegram.org', { token, chat_id: '-1001' }));
    expect(letter.url).toBe(`https://api.telegram.org/bot${token}/sendMessage`);
    expect(letter.body['text']).toBe(
      '<b>SMS from Bank</b>\n&lt;b&gt;hi&lt;/b&gt; &lt;!channel&gt; &amp; &quot;x&quot; {token} *bold* [a](http://evil.test)\n\ufffd&lt;/b&gt;',
    );
    expect(letter.body).toMatchObject({ chat_id: '-1001', parse_mode: 'HTML' });
  });

  it('slack writes plain texts, and nobody can be called by them', () => {
    const { body } = letterTo(to('slack', 'https://hooks.slack.com/services/T/B/x'));
    expect(JSON.stringify(body)).not.toMatch(/<!channel>|"mrkdwn"[^:]|"type":"mrkdwn"/);
    expect(body['blocks']).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'SMS from Bank', emoji: false } },
      {
        type: 'section',
        text: { type: 'plain_text', text: expect.stringContaining('&lt;!channel&gt;'), emoji: false },
      },
    ]);
  });

  it('gotify and apprise carry the text as it is', () => {
    const text = hostile.replace('\u0000', '\ufffd');
    const gotify = letterTo(to('gotify', 'https://push.test/', { token: 'A1' }));
    expect(gotify).toMatchObject({ url: 'https://push.test/message', headers: { 'x-gotify-key': 'A1' } });
    expect(gotify.body).toEqual({ title: 'SMS from Bank', message: text });
    const apprise = letterTo(to('apprise', 'http://10.0.0.1:8000/notify/key'));
    expect(apprise.body).toEqual({ title: 'SMS from Bank', body: text, type: 'info', format: 'text' });
  });

  it('email is a mail with the id of the event', () => {
    const options = { from: 'a@example.org', to: 'b@example.org' };
    expect(writeLetter(told, to('email', 'smtps://mail.test', options), 0)).toMatchObject({
      kind: 'mail',
      subject: 'SMS from Bank',
      id: 'evt_17_3@simloft',
      user: null,
      ...options,
    });
  });

  it('is cut where it is too long for its service, and never empty', () => {
    const long = letterTo(to('telegram', 'https://api.telegram.org', { token, chat_id: '1' }), {
      ...told,
      text: '<'.repeat(39_000),
    });
    expect(String(long.body['text']).length).toBeLessThanOrEqual(4_096);
    expect(String(long.body['text'])).toMatch(/&lt;…$/);
    const cyrillic = letterTo(to('ntfy', 'https://ntfy.sh/x'), { ...told, text: 'ж'.repeat(5_000) });
    expect(Buffer.byteLength(String(cyrillic.body['message']))).toBeLessThan(4_096);
    expect(letterTo(to('slack', 'https://hooks.slack.com/x'), { ...told, text: ' ' }).body['text']).toContain('—');
  });
});

describe('filling', () => {
  it('replaces names once, whatever values hold', () => {
    expect(fillText('{a}-{b}', { a: '{b}', b: '$&{a}' })).toBe('{b}-$&{a}');
    expect(fillText('{a}', {})).toBeNull();
    const pattern = { a: '{a}', b: ['{b}', '#{n}'], c: { d: true, e: 1, f: '{none}' } };
    const filled: Filled | null = fillPattern(pattern, { a: 'x', b: 'y', n: '7' });
    expect(filled).toEqual({ a: 'x', b: ['y', 7], c: { d: true, e: 1 } });
  });

  it.each([
    ['ab', 2, 'ab'],
    ['abc', 2, 'a…'],
    ['𝄞𝄞', 3, '𝄞…'],
    ['a\ud834b', 9, 'a\ufffdb'],
    ['tab\tand\nline', 99, 'tab\tand\nline'],
  ])('cuts %j to %i', (text, most, expected) => {
    expect(writeText(text, { escape: 'none', most, unit: 'characters' })).toBe(expected);
  });
});

describe('what somebody gives for a target', () => {
  const read = (template: string, url: string | null, options: Record<string, string> = {}) =>
    readTarget({ template, url, options });

  it('is held against its template', () => {
    expect(read('telegram', null, { token, chat_id: '@news' })).toMatchObject({ url: 'https://api.telegram.org' });
    expect(read('json', 'http://10.0.0.1/x').events).toEqual([]);
    expect(read('ntfy', 'https://ntfy.sh/a').events).toContain('message.received');
  });

  it.each([
    ['jsn', 'http://10.0.0.1/', {}, 'template', 'Did you mean "json"?'],
    ['constructor', 'http://10.0.0.1/', {}, 'template', 'There is no template'],
    ['json', null, {}, 'url', 'missing'],
    ['json', 'smtp://10.0.0.1/', {}, 'url', 'begins with http:// or https://'],
    ['email', 'https://10.0.0.1/', {}, 'url', 'begins with smtp:// or smtps://'],
    ['ntfy', 'https://ntfy.sh/', {}, 'url', 'must end with a name'],
    ['slack', 'https://hooks.slack.com/x?y=1', {}, 'url', 'no "?"'],
    ['telegram', null, { token }, 'options.chat_id', 'needs the option'],
    ['telegram', null, { token, chat_ip: '1' }, 'options.chat_ip', 'Did you mean "chat_id"?'],
    ['gotify', 'https://push.test', { token: 'a\r\nb: c' }, 'options.token', 'must be'],
    ['json', 'http://10.0.0.1/', { toString: 'x' }, 'options.toString', 'has no option'],
    ['email', 'smtps://m.test', { from: 'a@b.c\r\nBcc: x@y.z', to: 'a@b.c' }, 'options.from', 'must be'],
  ])('%s %s %j is refused', (template, url, options, field, why) => {
    expect(() => read(template, url, options)).toThrow(
      expect.objectContaining({ code: 'request_invalid', details: { field }, message: expect.stringContaining(why) }),
    );
  });

  it('never says the value of an option again', () => {
    expect(() => read('telegram', null, { token: 'my secret', chat_id: '1' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('my secret') }),
    );
  });

  it('is shown without what is secret', () => {
    expect(shownTarget(to('telegram', 'https://api.telegram.org', { token, chat_id: '1' }))).toMatchObject({
      options: { token: '…', chat_id: '1' },
      secret: expect.stringMatching(/^whsec_….{4}$/),
    });
    expect(shownTarget(to('slack', 'https://hooks.slack.com/services/T/B/x')).url).toBe('https://hooks.slack.com/…');
    expect(shownTarget(to('email', 'smtps://mail.test', { from: 'a@b.c', password: 'p' }))).toMatchObject({
      url: 'smtps://mail.test',
      options: { from: 'a@b.c', password: '…' },
    });
  });

  it('names all templates', () => {
    expect(templateNames).toEqual(['json', 'ntfy', 'telegram', 'slack', 'gotify', 'apprise', 'email']);
  });
});
