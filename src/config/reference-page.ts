import { flagOf, keyOf, settingNames } from './names.ts';
import { type Setting, type SettingName, settingsTable } from './settings.ts';

/** The text of `docs/reference/configuration.md`. */
export function configurationPage(): string {
  return `${[
    '# Settings',
    '',
    'Generated from `src/config/settings.ts` by `npm run docs`.',
    '',
    'Each setting can be given in three ways; the earlier one wins:',
    '',
    '1. as a flag of `simloft start`: `--modem-port /dev/ttyUSB1`',
    '2. as an environment variable: `MODEM_PORT=/dev/ttyUSB1`; an empty one counts as not set',
    '3. as a key of a YAML file that `--config simloft.yaml` names: `modem_port: /dev/ttyUSB1`',
    '',
    'Without any setting the gateway runs on its built-in virtual modem. A flag or a key that does not exist is an error, and so is',
    'a value that is not allowed; nothing is guessed. Durations are written `500ms`, `30s`, `5m`, `1h`, `2d`, or as a number of seconds.',
    '',
    '| variable | what it does | default |',
    '|---|---|---|',
    ...settingNames.map(row),
    '',
    ...settingNames.flatMap(section),
    '## All of them in a file',
    '',
    '```yaml',
    ...settingNames.map((name) => `# ${keyOf(name)}: ${entry(name).example}`),
    '```',
  ].join('\n')}\n`;
}

const entry = (name: SettingName): Setting<unknown> => settingsTable[name];

function row(name: SettingName): string {
  const { env, description } = entry(name);
  const first = /^.*?[.:](?=\s|$)/.exec(description)?.[0].replace(/[.:]$/, '') ?? description;
  return `| [\`${env}\`](#${env.toLowerCase()}) | ${first} | ${defaultOf(name)} |`;
}

function section(name: SettingName): string[] {
  const { env, description, kind, example } = entry(name);
  return [
    `## ${env}`,
    '',
    description,
    '',
    `- allowed: ${kind.allowed}`,
    `- default: ${defaultOf(name)}`,
    `- flag: \`${flagOf(name)}\`; in a file: \`${keyOf(name)}: ${example}\``,
    '',
  ];
}

function defaultOf(name: SettingName): string {
  const { default: words, absent = 'none' } = entry(name);
  return words === null ? absent : `\`${words}\``;
}
