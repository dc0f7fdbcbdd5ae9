/**
 * What lies in the broker. Names of queues carry a version: a queue keeps the arguments that it was declared with, so other
 * arguments need another name.
 */
export interface Names {
  /** Topic exchange; routing key `<modem>.<type>`. */
  readonly events: string;
  /** Direct exchange; the routing key is the modem. */
  readonly commands: string;
  /** Fan-out exchange: what happened, for whoever listens now. */
  readonly live: string;
  /** Fan-out exchange of what could not be handled. */
  readonly dead: string;
  readonly deadQueue: string;
  readonly eventQueue: (group: string) => string;
  readonly commandQueue: (modem: string) => string;
  readonly ownQueue: (purpose: 'replies' | 'live', id: string) => string;
}

/** @param prefix what all names begin with, so that several installations may share one virtual host. */
export const namesOf = (prefix: string): Names => ({
  events: `${prefix}.events`,
  commands: `${prefix}.commands`,
  live: `${prefix}.live`,
  dead: `${prefix}.dead`,
  deadQueue: `${prefix}.dead.v1`,
  eventQueue: (group) => `${prefix}.events.${group}.v1`,
  commandQueue: (modem) => `${prefix}.commands.${modem}.v1`,
  ownQueue: (purpose, id) => `${prefix}.${purpose}.${id}`,
});

const exchange = (name: string, type: string) => ({ exchange: name, type, durable: true });

export const exchangesOf = (names: Names) => [
  exchange(names.events, 'topic'),
  exchange(names.commands, 'direct'),
  exchange(names.live, 'fanout'),
  exchange(names.dead, 'fanout'),
];

/** Written to the disk before it is confirmed, on several machines where the broker has several. */
const quorum = 'quorum' as const;

/** Dead letters are kept this long, ms. */
const deadForMs = 14 * 24 * 3_600_000;
const mostDead = 100_000;

/**
 * How often an event may come back after the process that handled it was lost. High on purpose: kills and long outages of the
 * database must not make a dead letter of a good event; what a handler refuses is sorted out by the handler's own count.
 */
const deliveryLimit = 1_000;

export const eventQueueOf = (names: Names, group: string) => ({
  queue: names.eventQueue(group),
  durable: true,
  arguments: {
    'x-queue-type': quorum,
    'x-delivery-limit': deliveryLimit,
    'x-dead-letter-exchange': names.dead,
  },
});

export const deadQueueOf = (names: Names) => ({
  queue: names.deadQueue,
  durable: true,
  arguments: {
    'x-queue-type': quorum,
    // To look at a letter counts as a delivery.
    'x-delivery-limit': 1_000_000,
    'x-message-ttl': deadForMs,
    'x-max-length': mostDead,
  },
});

/** Exclusive: it is the proof that this process alone serves the modem, and it goes with the connection. */
export const commandQueueOf = (names: Names, modem: string) => ({
  queue: names.commandQueue(modem),
  exclusive: true,
  autoDelete: false,
  arguments: { 'x-max-priority': 2 },
});
