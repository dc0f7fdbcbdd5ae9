import type { OptionSpec, Template } from './template.ts';

const web = ['http:', 'https:'];
/** What a phone should ring for: what came, and calls that nobody took. */
const news = ['message.received', 'message.extended', 'call.changed:missed'];

const token = (meaning: string, required: boolean): OptionSpec => ({
  meaning,
  required,
  secret: true,
  pattern: /^[\x21-\x7e]{1,500}$/,
  allowed: '1 to 500 characters of ASCII without spaces',
});

const address: Omit<OptionSpec, 'meaning' | 'required'> = {
  secret: false,
  pattern: /^(?=[^@]+@)[^\p{Cc}]{3,500}$/u,
  allowed: 'an address such as anna@example.org',
};

/** Every template. Names are stable: rows of the store hold them. */
export const templateTable = {
  json: {
    meaning: 'The event as JSON, signed, in the form of the Standard Webhooks specification.',
    url: { meaning: 'Where it is posted to.', default: null, protocols: web, secretPath: false },
    options: {
      authorization: {
        ...token('The header Authorization, such as `Bearer …`.', false),
        pattern: /^[\x20-\x7e]{1,1000}$/,
        allowed: '1 to 1000 characters of ASCII',
      },
    },
    events: [],
    escape: 'none',
    longest: { title: 1_000, text: 100_000, unit: 'characters' },
    send: { kind: 'payload', headers: { authorization: '{authorization}' } },
  },
  ntfy: {
    meaning: 'A notification by ntfy.',
    url: {
      meaning: 'The topic: `https://ntfy.sh/my-topic`.',
      default: null,
      protocols: web,
      secretPath: true,
    },
    options: {
      token: token('An access token of ntfy.', false),
      priority: {
        meaning: 'From 1 to 5, 3 being the usual.',
        required: false,
        secret: false,
        pattern: /^[1-5]$/,
        allowed: 'a number from 1 to 5, as text',
      },
    },
    events: news,
    escape: 'none',
    longest: { title: 240, text: 3_900, unit: 'octets' },
    send: {
      kind: 'http',
      // As JSON: in the other way the title would be a header.
      url: '{url.base}',
      headers: { authorization: 'Bearer {token}' },
      body: { topic: '{url.last}', title: '{title}', message: '{text}', priority: '#{priority}' },
    },
  },
  telegram: {
    meaning: 'A message of a Telegram bot.',
    url: {
      meaning: 'The server of the Bot API.',
      default: 'https://api.telegram.org',
      protocols: web,
      secretPath: false,
    },
    options: {
      token: {
        ...token('The token that BotFather gave.', true),
        pattern: /^\d{1,20}:[\w-]{10,100}$/,
        allowed: 'a token such as 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
      },
      chat_id: {
        meaning: 'Whom it is sent to: the number of a chat, or `@channel`.',
        required: true,
        secret: false,
        pattern: /^(?:-?\d{1,20}|@\w{1,64})$/,
        allowed: 'a number as text, or @ and a name',
      },
    },
    events: news,
    escape: 'html',
    longest: { title: 200, text: 3_800, unit: 'characters' },
    send: {
      kind: 'http',
      url: '{url}/bot{token}/sendMessage',
      headers: {},
      body: {
        chat_id: '{chat_id}',
        text: '<b>{title}</b>\n{text}',
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
      },
    },
  },
  slack: {
    meaning: 'A message by an incoming webhook of Slack.',
    url: {
      meaning: 'The address that Slack gave: `https://hooks.slack.com/services/…`.',
      default: null,
      protocols: web,
      secretPath: true,
    },
    options: {},
    events: news,
    escape: 'entities',
    longest: { title: 150, text: 3_000, unit: 'characters' },
    send: {
      kind: 'http',
      url: '{url}',
      headers: {},
      // Plain texts: in `mrkdwn` a stranger could write to everybody with <!channel>, or a link under another name.
      body: {
        text: '{title}: {text}',
        mrkdwn: false,
        unfurl_links: false,
        unfurl_media: false,
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: '{title}', emoji: false } },
          { type: 'section', text: { type: 'plain_text', text: '{text}', emoji: false } },
        ],
      },
    },
  },
  gotify: {
    meaning: 'A message to a Gotify server.',
    url: { meaning: 'The server: `https://gotify.example.org`.', default: null, protocols: web, secretPath: false },
    options: {
      token: token('The token of an application of Gotify.', true),
      priority: {
        meaning: 'From 0 to 10.',
        required: false,
        secret: false,
        pattern: /^(?:\d|10)$/,
        allowed: 'a number from 0 to 10, as text',
      },
    },
    events: news,
    escape: 'none',
    longest: { title: 500, text: 20_000, unit: 'characters' },
    send: {
      kind: 'http',
      url: '{url}/message',
      headers: { 'x-gotify-key': '{token}' },
      body: { title: '{title}', message: '{text}', priority: '#{priority}' },
    },
  },
  apprise: {
    meaning: 'A notification by an Apprise API server, which knows a hundred services.',
    url: {
      meaning: 'A stored configuration: `http://192.168.1.5:8000/notify/my-key`.',
      default: null,
      protocols: web,
      secretPath: true,
    },
    options: {
      tag: {
        meaning: 'Only services of the configuration with this tag.',
        required: false,
        secret: false,
        pattern: /^[\w ,-]{1,200}$/,
        allowed: 'letters, digits, spaces, commas, - and _',
      },
    },
    events: news,
    escape: 'none',
    longest: { title: 250, text: 30_000, unit: 'characters' },
    send: {
      kind: 'http',
      url: '{url}',
      headers: {},
      body: { title: '{title}', body: '{text}', type: 'info', format: 'text', tag: '{tag}' },
    },
  },
  email: {
    meaning: 'An e-mail.',
    url: {
      meaning: 'The mail server: `smtps://smtp.example.org`, or `smtp://smtp.example.org` (with STARTTLS).',
      default: null,
      protocols: ['smtp:', 'smtps:'],
      secretPath: false,
    },
    options: {
      from: { ...address, meaning: 'The sender.', required: true },
      to: { ...address, meaning: 'Who gets it; several with commas between them.', required: true },
      user: { ...token('The user at the mail server.', false), secret: false },
      password: {
        ...token('The password of the user.', false),
        pattern: /^[^\p{Cc}]{1,500}$/u,
        allowed: '1 to 500 characters',
      },
    },
    events: news,
    escape: 'none',
    longest: { title: 200, text: 100_000, unit: 'characters' },
    send: {
      kind: 'mail',
      user: '{user}',
      password: '{password}',
      from: '{from}',
      to: '{to}',
      subject: '{title}',
      text: '{text}',
    },
  },
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof templateTable;
export const templateNames: readonly string[] = Object.keys(templateTable);

/** Null for a name that this version does not know. */
export function templateOf(name: string): Template | null {
  const table: Readonly<Record<string, Template>> = templateTable;
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}
