import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';
import { shownSecret } from './signature.ts';
import { templateNames, templateOf } from './template-table.ts';
import type { Template } from './template.ts';

export interface GivenTarget {
  readonly template: string;
  /** Null for the usual address of the template. */
  readonly url: string | null;
  readonly options: Readonly<Record<string, string>>;
}

export interface ReadTarget extends GivenTarget {
  readonly url: string;
  /** What it is told of unless it says. */
  readonly events: readonly string[];
}

/**
 * Holds what somebody gave against its template. Where it leads to is looked at elsewhere.
 * @throws SimloftError `request_invalid`
 */
export function readTarget({ template: name, url, options }: GivenTarget): ReadTarget {
  const template = templateOf(name);
  if (template === null) throw wrong('template', `There is no template "${name}".${hint(name, templateNames)}`);
  const address = url ?? template.url.default;
  if (address === null) throw wrong('url', `The field "url" is missing. ${template.url.meaning}`);
  requireAddress(name, template, address);
  requireOptions(name, template, options);
  return { template: name, url: address, options, events: template.events };
}

function requireAddress(name: string, { url: { protocols, meaning }, send }: Template, address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !protocols.includes(url.protocol))
    throw wrong('url', `An address of the template ${name} begins with ${protocols.join('// or ')}//. ${meaning}`);
  const topic = url.pathname.split('/').at(-1) ?? '';
  if (send.kind === 'http' && send.url === '{url.base}' && !/^[\w-]{1,64}$/.test(topic))
    throw wrong('url', `The address must end with a name of letters, digits, - and _. ${meaning}`);
  if (send.kind !== 'payload' && (url.search !== '' || url.hash !== ''))
    throw wrong('url', `An address of the template ${name} has no "?" and no "#". ${meaning}`);
}

function requireOptions(name: string, template: Template, options: Readonly<Record<string, string>>): void {
  const known = Object.keys(template.options);
  for (const [option, value] of Object.entries(options)) {
    const spec = Object.hasOwn(template.options, option) ? template.options[option] : undefined;
    if (spec === undefined)
      throw wrong(`options.${option}`, `The template ${name} has no option "${option}".${hint(option, known)}`);
    // The value is not said again: it may be a secret.
    if (!spec.pattern.test(value)) throw wrong(`options.${option}`, `The option "${option}" must be ${spec.allowed}.`);
  }
  const missing = known.find(
    (option) => template.options[option]?.required === true && !Object.hasOwn(options, option),
  );
  if (missing !== undefined)
    throw wrong(
      `options.${missing}`,
      `The template ${name} needs the option "${missing}". ${template.options[missing]?.meaning ?? ''}`,
    );
}

/** As a target is shown to those who may see it: without what lets its reader write there. */
export function shownTarget<
  Target extends { url: string; secret: string; template: string; options: Readonly<Record<string, string>> },
>(target: Target): Target {
  const template = templateOf(target.template);
  const options = Object.fromEntries(
    Object.entries(target.options).map(([name, value]) => [
      name,
      template?.options[name]?.secret === false ? value : '…',
    ]),
  );
  const { origin } = new URL(target.url);
  const url = template?.url.secretPath === true ? `${origin}/…` : target.url;
  return { ...target, url, options, secret: shownSecret(target.secret) };
}

function hint(given: string, names: readonly string[]): string {
  const near = closest(given, names);
  if (near !== null) return ` Did you mean "${near}"?`;
  return names.length === 0 ? ' It has none.' : ` There are: ${names.join(', ')}.`;
}

const wrong = (field: string, text: string): SimloftError =>
  new SimloftError('request_invalid', text, { details: { field } });
