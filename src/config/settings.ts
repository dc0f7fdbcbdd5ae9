import * as kind from './kinds.ts';
import type { Kind } from './kinds.ts';

/**
 * One setting. Its names follow from the variable: `MODEM_PORT` is `--modem-port` as a flag, `modem_port` in the file
 * and `modemPort` in {@link Settings}.
 */
export interface Setting<T> {
  /** Name of the environment variable. */
  readonly env: string;
  readonly kind: Kind<T>;
  /** What holds when nothing is said, as a person would write it; null for a setting that has none. */
  readonly default: string | null;
  /** What an absent default means, for the reference page. */
  readonly absent?: string;
  /** What it does, for people: whole sentences. */
  readonly description: string;
  readonly example: string;
  /** Its value appears in no message and no log. */
  readonly secret?: true;
}

const always = <T>(setting: Setting<T> & { readonly default: string }): AlwaysSetting<T> => setting;
const optional = <T>(setting: Setting<T>): OptionalSetting<T> => setting;

interface AlwaysSetting<T> extends Setting<T> {
  readonly default: string;
}
interface OptionalSetting<T> extends Setting<T> {
  readonly default: string | null;
}

/** Every setting there is. The file, the environment, the flags, their checks and `docs/reference/configuration.md` follow from this table. */
export const settingsTable = {
  modemPort: optional({
    env: 'MODEM_PORT',
    kind: kind.modemPorts,
    default: null,
    absent: 'the built-in virtual modem; with `AMQP_URL` no modem, as workers have them',
    description:
      'Where the modem is: a serial port, `tcp://host:port` for one behind ser2net, or `auto` to find the AT port of a known USB modem (ports of unknown devices are not touched). A name under `/dev/serial/by-path` stays the same when a stick is plugged in again. One `simloft worker` serves several modems when this and `MODEM_NAME` are lists of equal length: `/dev/ttyUSB1,/dev/ttyUSB4`.',
    example: '/dev/ttyUSB1',
  }),
  modemName: always({
    env: 'MODEM_NAME',
    kind: kind.modemNames,
    default: 'modem',
    description:
      'What the modem is called in all rows, queues and metrics. Each modem has a name of its own; two workers with the same name are one that works and one that stands by. An API sends through the modem of this name. A worker of several modems has their names here in the order of `MODEM_PORT`: `balcony,cellar`.',
    example: 'balcony',
  }),
  modemPin: optional({
    env: 'MODEM_PIN',
    kind: kind.pins,
    default: null,
    absent: 'no PIN is entered',
    description:
      'PIN of the SIM card. A PIN that the card refuses is not tried again, because the third wrong one locks the card. A worker of several modems has a PIN for each, in their order. Better in the environment or the file than as a flag: other users of the machine can read flags.',
    example: '"1234"',
    secret: true,
  }),
  modemFamily: always({
    env: 'MODEM_FAMILY',
    kind: kind.oneOf('auto', 'zte', 'generic'),
    default: 'auto',
    description: 'Whose habits the modem has. `auto` asks the modem who made it.',
    example: 'zte',
  }),
  smsMemory: always({
    env: 'SMS_MEMORY',
    kind: kind.oneOf('auto', 'SM', 'ME'),
    default: 'auto',
    description:
      'Where the modem keeps a message until it is fetched: `SM` is the SIM card, `ME` the modem itself. `auto` takes what suits the family. Messages are fetched from all memories in any case.',
    example: 'SM',
  }),
  calls: always({
    env: 'CALLS',
    kind: kind.oneOf('ignore', 'reject'),
    default: 'ignore',
    description: 'What to do with a call: let it ring, or hang up. It is recorded in both cases.',
    example: 'reject',
  }),
  balanceUssd: optional({
    env: 'BALANCE_USSD',
    kind: kind.ussdCode,
    default: null,
    absent: 'the balance is not asked for',
    description: 'USSD code that asks the operator for the balance. In YAML it needs quotes.',
    example: '"*105#"',
  }),
  balancePattern: optional({
    env: 'BALANCE_PATTERN',
    kind: kind.capturePattern,
    default: null,
    absent: 'the amount is found by itself',
    description:
      "Regular expression whose one group is the amount in the operator's reply. Only for an operator whose reply is read wrongly.",
    example: "'Balance: (-?[0-9.,]+)'",
  }),
  balanceInterval: always({
    env: 'BALANCE_INTERVAL',
    kind: kind.interval,
    default: '1h',
    description: 'How often the balance is asked for, when `BALANCE_USSD` is set.',
    example: '6h',
  }),
  operatorInterval: always({
    env: 'OPERATOR_INTERVAL',
    kind: kind.interval,
    default: '60s',
    description: 'How often the modem is asked for the operator and the registration.',
    example: '5m',
  }),
  signalInterval: always({
    env: 'SIGNAL_INTERVAL',
    kind: kind.interval,
    default: '60s',
    description: 'How often the modem is asked for the strength of the signal.',
    example: '30s',
  }),
  technologyInterval: always({
    env: 'TECHNOLOGY_INTERVAL',
    kind: kind.interval,
    default: '60s',
    description: 'How often the modem is asked for the radio technology (2G, 3G, 4G).',
    example: '5m',
  }),
  sweepInterval: always({
    env: 'SWEEP_INTERVAL',
    kind: kind.sweep,
    default: '30s',
    description:
      'How often all memories of the modem are looked through for messages that were not announced. Announced ones are fetched at once.',
    example: '1m',
  }),
  partialAfter: always({
    env: 'PARTIAL_AFTER',
    kind: kind.duration,
    default: '5m',
    description:
      'After how long a message of several parts is shown with its gaps. Parts that come later are still put in.',
    example: '1h',
  }),
  sendExpiry: always({
    env: 'SEND_EXPIRY',
    kind: kind.duration,
    default: '24h',
    description: 'After how long a message that could not be sent is given up.',
    example: '1h',
  }),
  dataDir: always({
    env: 'DATA_DIR',
    kind: kind.path,
    default: './data',
    description: 'Folder of the database. It is made when it does not exist. One gateway at a time.',
    example: '/var/lib/simloft',
  }),
  amqpUrl: optional({
    env: 'AMQP_URL',
    kind: kind.serverUrl(['amqp', 'amqps'], 'amqp://user:password@host:5672'),
    default: null,
    absent: 'all roles are in one process and need no broker',
    description:
      'RabbitMQ through which the roles talk when they are processes of their own. `amqps://` encrypts. Better in the environment or the file than as a flag: other users of the machine can read flags.',
    example: 'amqp://simloft:secret@rabbitmq:5672',
    secret: true,
  }),
  databaseUrl: optional({
    env: 'DATABASE_URL',
    kind: kind.serverUrl(['postgres', 'postgresql'], 'postgres://user:password@host:5432/database'),
    default: null,
    absent: 'SQLite in DATA_DIR',
    description:
      'PostgreSQL (13 or newer) that keeps everything instead of the database in DATA_DIR. Better in the environment or the file than as a flag.',
    example: 'postgres://simloft:secret@postgres:5432/simloft',
    secret: true,
  }),
  host: always({
    env: 'HOST',
    kind: kind.host,
    default: '127.0.0.1',
    description:
      'Address that the gateway listens on. Until there is an access key (`simloft keys add`), only addresses of this machine itself are allowed.',
    example: '127.0.0.1',
  }),
  port: always({
    env: 'PORT',
    kind: kind.tcpPort,
    default: '8080',
    description: 'TCP port that the gateway listens on; 0 takes a free one.',
    example: '8081',
  }),
  access: always({
    env: 'ACCESS',
    kind: kind.oneOf('local', 'container'),
    default: 'local',
    description:
      'Who is answered. `local`: programs on this machine. `container`: inside a container, the machine that runs it, which has published the port on its own address 127.0.0.1; the gateway then listens on all addresses of the container.',
    example: 'container',
  }),
  tlsCert: optional({
    env: 'TLS_CERT',
    kind: kind.file,
    default: null,
    absent: 'no encryption',
    description:
      'Certificate in PEM, with the chain behind it, for `https://`; TLS_KEY goes with it. A file that is renewed is heeded within ten minutes.',
    example: '/etc/ssl/sms.home.pem',
  }),
  tlsKey: optional({
    env: 'TLS_KEY',
    kind: kind.file,
    default: null,
    absent: 'none',
    description: 'Private key of TLS_CERT, in PEM, without a password.',
    example: '/etc/ssl/sms.home.key',
  }),
  trustedProxy: optional({
    env: 'TRUSTED_PROXY',
    kind: kind.networks,
    default: null,
    absent: 'none',
    description:
      'Reverse proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed. Those of everybody else are ignored, and refused as long as there is no access key.',
    example: '127.0.0.1',
  }),
  failurePage: always({
    env: 'FAILURE_PAGE',
    kind: kind.interval,
    default: '1m',
    description:
      'How long `simloft start` that failed shows the reason at its own address before it ends, so that a browser finds more than a dead port. `0` ends at once.',
    example: '0',
  }),
  monitorHost: always({
    env: 'MONITOR_HOST',
    kind: kind.host,
    default: '127.0.0.1',
    description:
      'Address on which a role tells how it is. It names no numbers and no texts; inside a container network it may be `0.0.0.0`.',
    example: '0.0.0.0',
  }),
  monitorPort: optional({
    env: 'MONITOR_PORT',
    kind: kind.tcpPort,
    default: null,
    absent: 'only the API tells, on its own port',
    description: 'TCP port on which a role serves `/health/live`, `/health/ready` and `/metrics`; 0 takes a free one.',
    example: '9464',
  }),
  retainMessages: optional({
    env: 'RETAIN_MESSAGES',
    kind: kind.retention,
    default: null,
    absent: 'for ever',
    description: 'How long messages are kept, received and sent ones. What is to be sent stays until it is sent.',
    example: '365d',
  }),
  retainCodes: optional({
    env: 'RETAIN_CODES',
    kind: kind.retention,
    default: null,
    absent: 'as long as other messages',
    description: 'How long messages with a one-time code are kept, received and sent ones.',
    example: '7d',
  }),
  codeTextAfter: optional({
    env: 'CODE_TEXT_AFTER',
    kind: kind.retention,
    default: null,
    absent: 'never',
    description:
      'After how long the text and the raw PDUs of a message with a one-time code are removed. The row stays: who wrote, and when.',
    example: '10m',
  }),
  retainCalls: optional({
    env: 'RETAIN_CALLS',
    kind: kind.retention,
    default: null,
    absent: 'for ever',
    description: 'How long calls are kept.',
    example: '90d',
  }),
  retainPdus: optional({
    env: 'RETAIN_PDUS',
    kind: kind.retention,
    default: null,
    absent: 'as long as their messages',
    description:
      'How long the raw PDUs of messages are kept whose text is there. They hold the number of the service centre and headers that no person needs.',
    example: '30d',
  }),
  retainFeed: always({
    env: 'RETAIN_FEED',
    kind: kind.retention,
    default: '7d',
    description: 'How long a listener of the live events may be away and still miss nothing.',
    example: '30d',
  }),
  retainReadings: always({
    env: 'RETAIN_READINGS',
    kind: kind.retention,
    default: '365d',
    description: 'How long the signal and the balance over time are kept.',
    example: '90d',
  }),
  tz: optional({
    env: 'TZ',
    kind: kind.timeZone,
    default: null,
    absent: "the machine's zone",
    description: 'Time zone of the times that are shown.',
    example: 'Europe/Moscow',
  }),
  logLevel: always({
    env: 'LOG_LEVEL',
    kind: kind.oneOf('debug', 'info', 'warn', 'error'),
    default: 'info',
    description:
      'How much is logged. `debug` adds each event that was handled and what was odd on the line, without the texts of messages.',
    example: 'debug',
  }),
} as const;

type Table = typeof settingsTable;
export type SettingName = keyof Table;

/** All settings with their values; durations are milliseconds. */
export type Settings = {
  readonly [Name in SettingName]: Table[Name] extends AlwaysSetting<infer T>
    ? T
    : Table[Name] extends OptionalSetting<infer T>
      ? T | null
      : never;
};
