/** One line of the table: what is measured, in base units, and by which labels it is told apart. */
export interface MetricEntry {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Whose process has it: one of those where a modem is served, events are handled, the store is asked, HTTP is answered; or each. */
  readonly where: 'each' | 'worker' | 'handler' | 'store' | 'queues' | 'http';
}

/**
 * Every metric, in one table; `docs/reference/metrics.md` is generated from it. Names are stable as the codes of errors are.
 * Each value of each label comes from a closed set (`labels.ts`): no number of a phone, no text, no number of a card.
 */
export const metricTable = {
  process_resident_memory_bytes: {
    type: 'gauge',
    where: 'each',
    labels: [],
    help: 'Resident memory of the process.',
  },
  process_cpu_seconds_total: {
    type: 'counter',
    where: 'each',
    labels: [],
    help: 'Processor time used, user and system.',
  },
  process_start_time_seconds: {
    type: 'gauge',
    where: 'each',
    labels: [],
    help: 'When the process began, as Unix time.',
  },
  nodejs_eventloop_lag_max_seconds: {
    type: 'gauge',
    where: 'each',
    labels: [],
    help: 'The longest time since the last scrape for which the process could not attend to anything else.',
  },
  simloft_errors_total: {
    type: 'counter',
    where: 'each',
    labels: ['where', 'code'],
    help: 'Errors by their stable code, and by what they ended: handler, command, publish, http or scrape.',
  },

  simloft_modem_link_state: {
    type: 'gauge',
    where: 'worker',
    labels: ['modem', 'state'],
    help: '1 for the state that the link to the modem is in, 0 for all others.',
  },
  simloft_modem_link_resets_total: {
    type: 'counter',
    where: 'worker',
    labels: ['modem', 'reason'],
    help: 'How often a link was lost, or could not be brought up, by the code of the reason.',
  },
  simloft_modem_signal_dbm: {
    type: 'gauge',
    where: 'worker',
    labels: ['modem'],
    help: 'Strength of the signal as the modem last gave it, dBm; absent while it is not known.',
  },
  simloft_modem_pdus_received_total: {
    type: 'counter',
    where: 'worker',
    labels: ['modem', 'found'],
    help: 'PDUs that came from the modem and are safe: indicated, found by a sweep, or in the initial sweep.',
  },
  simloft_modem_parts_total: {
    type: 'counter',
    where: 'worker',
    labels: ['modem', 'outcome', 'code'],
    help: 'Parts of messages that were sent, failed, or have an unknown end; failed ones by the code of the modem (CMS-38).',
  },
  simloft_commands_total: {
    type: 'counter',
    where: 'worker',
    labels: ['modem', 'type', 'result'],
    help: 'Commands that the worker of a modem ran, by type and by result: ok or the code of the error.',
  },
  simloft_command_duration_seconds: {
    type: 'histogram',
    where: 'worker',
    labels: ['type'],
    help: 'How long a command took, from its turn to its result.',
  },
  simloft_events_published_total: {
    type: 'counter',
    where: 'worker',
    labels: ['type'],
    help: 'Events that a worker told and that are safe.',
  },
  simloft_event_publish_failures_total: {
    type: 'counter',
    where: 'worker',
    labels: ['type'],
    help: 'Tries to tell an event that failed; an event that matters is tried again.',
  },
  simloft_event_publish_duration_seconds: {
    type: 'histogram',
    where: 'worker',
    labels: [],
    help: 'How long it took until an event was safe.',
  },
  simloft_events_waiting: {
    type: 'gauge',
    where: 'worker',
    labels: [],
    help: 'Events on their way that are not safe yet.',
  },

  simloft_events_handled_total: {
    type: 'counter',
    where: 'handler',
    labels: ['type', 'outcome'],
    help: 'Events that were handled, by type and outcome: ok or failed (and to come again).',
  },
  simloft_event_handling_duration_seconds: {
    type: 'histogram',
    where: 'handler',
    labels: ['type'],
    help: 'How long an event took until all that follows from it was durable.',
  },
  simloft_received_latency_seconds: {
    type: 'histogram',
    where: 'handler',
    labels: [],
    help: 'From the moment the worker had read a PDU to the moment it was stored. Two clocks: a negative time counts as 0.',
  },

  simloft_store_up: {
    type: 'gauge',
    where: 'store',
    labels: [],
    help: '1 when the store answered the last scrape, 0 when it did not; then all other metrics of the store are absent.',
  },
  simloft_store_messages_in: {
    type: 'gauge',
    where: 'store',
    labels: ['state'],
    help: 'Received messages in the store; each state is counted up to 50,000.',
  },
  simloft_store_messages_out: {
    type: 'gauge',
    where: 'store',
    labels: ['state'],
    help: 'Messages to send in the store; each state is counted up to 50,000.',
  },
  simloft_store_waiting_messages: {
    type: 'gauge',
    where: 'store',
    labels: [],
    help: 'Messages that wait to be sent; counted up to 50,000.',
  },
  simloft_store_waiting_oldest_seconds: {
    type: 'gauge',
    where: 'store',
    labels: [],
    help: 'Age of the first message that waits to be sent; 0 when none waits.',
  },
  simloft_store_undecodable_messages: {
    type: 'gauge',
    where: 'store',
    labels: [],
    help: 'Received messages that could not be decoded and are kept raw.',
  },
  simloft_store_webhook_deliveries: {
    type: 'gauge',
    where: 'store',
    labels: ['state'],
    help: 'What webhooks are to be told or were told in the last 30 days; none is counted further than 50,000.',
  },
  simloft_store_last_received_timestamp_seconds: {
    type: 'gauge',
    where: 'store',
    labels: [],
    help: 'When the newest received message was stored, as Unix time; absent before the first.',
  },
  simloft_store_modems: {
    type: 'gauge',
    where: 'store',
    labels: ['state'],
    help: 'Modems that the store knows, by the state of their link.',
  },
  simloft_store_signal_dbm: {
    type: 'gauge',
    where: 'store',
    labels: ['modem'],
    help: 'The newest reading of the signal, dBm; absent while it is not known.',
  },
  simloft_store_balance: {
    type: 'gauge',
    where: 'store',
    labels: ['modem', 'currency'],
    help: 'The newest reading of the balance, in whole units of the currency; absent while no amount is known.',
  },

  simloft_queue_messages: {
    type: 'gauge',
    where: 'queues',
    labels: ['queue'],
    help: 'Messages that lie in a queue of the broker.',
  },

  simloft_http_requests_total: {
    type: 'counter',
    where: 'http',
    labels: ['route', 'method', 'status'],
    help: 'Requests that were answered; the route is "none" for addresses that do not exist.',
  },
  simloft_http_request_duration_seconds: {
    type: 'histogram',
    where: 'http',
    labels: ['route', 'method'],
    help: 'How long a request took, from its headers to the end of the answer.',
  },
} as const satisfies Record<string, MetricEntry>;

type Table = typeof metricTable;
export type MetricName = keyof Table;
type NameOf<Type extends MetricEntry['type']> = {
  [Name in MetricName]: Table[Name]['type'] extends Type ? Name : never;
}[MetricName];
export type CounterName = NameOf<'counter'>;
export type GaugeName = NameOf<'gauge'>;
export type HistogramName = NameOf<'histogram'>;
/** The labels that the table gives a metric, each with a value. */
export type LabelsOf<Name extends MetricName> = Readonly<Record<Table[Name]['labels'][number], string>>;

/** Upper ends of the steps of every histogram, seconds: from a commit on an SSD to a USSD answer that does not come. */
export const durationSteps = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120] as const;
