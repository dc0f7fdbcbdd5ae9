import { SimloftError } from '../core/errors.ts';
import type { ParsedArguments } from './arguments.ts';
import { clientOptions, connect } from './client-options.ts';
import type { Command } from './command.ts';
import type { GatewayClient } from './gateway-client.ts';
import { deliveriesTable, listOf, outcomeOf, secretOf, type ShownTarget, targetsTable } from './webhooks-table.ts';

export const webhooks: Command = {
  spec: {
    name: 'webhooks',
    usage: '[list | add NAME [OPTION=VALUE …] | remove NAME | test NAME | deliveries NAME]',
    summary: 'Shows who is told of what happens, adds, tests and removes them, and tells what they answered.',
    details:
      'Options of a template are words after the name: simloft webhooks add phone --template telegram token=… chat_id=17\nadd prints the secret for the signature alone on its last line; it is not shown again.\n\nExample: simloft webhooks add house --url http://192.168.1.5:8123/hook --events message.received',
    options: {
      url: { type: 'string', value: 'URL', help: 'add: where it is told' },
      template: {
        type: 'string',
        value: 'NAME',
        help: 'add: json (default), ntfy, telegram, slack, gotify, apprise or email',
      },
      events: {
        type: 'string',
        value: 'LIST',
        help: 'add: only these, with commas between: message.received,call.changed:missed',
      },
      senders: { type: 'string', value: 'LIST', help: 'add: only of senders that contain one of these' },
      text: { type: 'string', value: 'PART', help: 'add: only where the text contains this' },
      modems: { type: 'string', value: 'LIST', help: 'add: only of these modems' },
      'allow-insecure': { type: 'boolean', help: 'add: plain http:// to a public address too' },
      state: { type: 'string', value: 'STATE', help: 'deliveries: only queued, delivered, parked or dropped' },
      limit: { type: 'string', value: 'N', help: 'deliveries: how many, newest first (default 10)' },
      json: { type: 'boolean', help: 'one JSON object a line' },
      ...clientOptions,
    },
  },

  async run(given) {
    const [name = 'list', ...words] = given.words;
    const action = actions[name];
    if (action === undefined || !Object.hasOwn(actions, name))
      throw usage(`simloft webhooks cannot "${name}". It can ${Object.keys(actions).join(', ')}.`);
    return action({ client: await connect(given), words, given, json: given.flags.has('json') });
  },
};

interface Asked {
  readonly client: GatewayClient;
  /** What stands behind the action. */
  readonly words: readonly string[];
  readonly given: ParsedArguments;
  readonly json: boolean;
}

const actions: Readonly<Record<string, (asked: Asked) => Promise<number>>> = {
  async list({ client, words, json }) {
    if (words.length > 0) throw usage('simloft webhooks list takes no further words.');
    const targets = listOf(await client.get('/v1/webhooks'));
    print(json, targets, () => targetsTable(targets));
    return 0;
  },

  async add({ client, words, given: { strings, flags }, json }) {
    const [name, ...pairs] = words;
    if (name === undefined) throw usage('simloft webhooks add needs a name: simloft webhooks add house --url URL');
    const { url, template, events, senders, text, modems } = strings;
    const filters = { events: split(events), senders: split(senders), text, modems: split(modems) };
    const options = Object.fromEntries(pairs.map(optionOf));
    const body = { name, url, template, options, filters, allow_insecure: flags.has('allow-insecure') };
    const added = await client.post('/v1/webhooks', body);
    if (json) console.log(JSON.stringify(added));
    else {
      console.error(`"${name}" is told of what happens from now on. Its secret:`);
      console.log(secretOf(added));
    }
    return 0;
  },

  async remove({ client, words }) {
    const { id, name } = await targetOf(client, words, 'remove');
    await client.delete(`/v1/webhooks/${id}`);
    console.log(`"${name}" is told nothing more.`);
    return 0;
  },

  async test({ client, words, json }) {
    const { id } = await targetOf(client, words, 'test');
    const delivery = await client.post(`/v1/webhooks/${id}/test`, {});
    const { delivered, sentence } = outcomeOf(delivery);
    console.log(json ? JSON.stringify(delivery) : sentence);
    return delivered ? 0 : 1;
  },

  async deliveries({ client, words, given: { strings }, json }) {
    const { id } = await targetOf(client, words, 'deliveries');
    const { state, limit } = strings;
    const query = { ...(state === undefined ? {} : { state }), ...(limit === undefined ? {} : { limit }) };
    const deliveries = listOf(await client.get(`/v1/webhooks/${id}/deliveries`, query));
    print(json, deliveries, () => deliveriesTable(deliveries));
    return 0;
  },
};

function print(json: boolean, items: readonly unknown[], table: () => string): void {
  if (!json) console.log(table());
  else for (const item of items) console.log(JSON.stringify(item));
}

const split = (list: string | undefined): string[] | undefined => list?.split(',').map((one) => one.trim());

function optionOf(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at < 1) throw usage(`"${pair}" is no option of a template. Options are written NAME=VALUE.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** By its name, or its number. */
async function targetOf(
  client: GatewayClient,
  [name, ...more]: readonly string[],
  action: string,
): Promise<ShownTarget> {
  if (name === undefined || more.length > 0)
    throw usage(`simloft webhooks ${action} takes the name of one webhook: simloft webhooks ${action} house`);
  const targets = listOf(await client.get('/v1/webhooks')).flatMap((item) => readShown(item));
  const target = targets.find((one) => one.name === name) ?? targets.find((one) => String(one.id) === name);
  if (target !== undefined) return target;
  const known = targets.map((one) => one.name).join(', ');
  throw usage(`There is no webhook "${name}". ${known === '' ? 'There is none at all.' : `There are: ${known}.`}`);
}

function readShown(item: unknown): ShownTarget[] {
  if (typeof item !== 'object' || item === null || !('id' in item) || !('name' in item)) return [];
  return typeof item.id === 'number' && typeof item.name === 'string' ? [{ id: item.id, name: item.name }] : [];
}

const usage = (text: string): SimloftError => new SimloftError('usage', text);
