import { durationSteps, type MetricEntry, metricTable } from './metric-table.ts';

const places: readonly (readonly [where: MetricEntry['where'], title: string, text: string])[] = [
  ['each', 'Each process', 'Every role has these.'],
  ['worker', 'The worker of a modem', 'What the process that serves a modem sees of it, at once.'],
  ['handler', 'The handler of events', 'What the process that writes into the store does.'],
  [
    'store',
    'The store',
    'Read from the store at a scrape, at most every 5 s. Where several roles show the same store, take the largest (`max by`).',
  ],
  ['queues', 'The broker', 'Only where the roles talk through RabbitMQ. Read at a scrape, at most every 5 s.'],
  ['http', 'HTTP', 'Where there is an API.'],
];

/** The text of `docs/reference/metrics.md`. */
export function metricsPage(): string {
  const table: Readonly<Record<string, MetricEntry>> = metricTable;
  const section = ([where, title, text]: (typeof places)[number]) => [
    `## ${title}`,
    '',
    text,
    '',
    '| metric | type | labels | meaning |',
    '|---|---|---|---|',
    ...Object.entries(table)
      .filter(([, entry]) => entry.where === where)
      .map(([name, entry]) => `| \`${name}\` | ${entry.type} | ${labelsOf(entry)} | ${entry.help} |`),
    '',
  ];
  return [
    '# Metrics',
    '',
    'Generated from `src/metrics/metric-table.ts` by `npm run docs`. How to use them: [monitoring](../guides/monitoring.md).',
    '',
    'Every metric has the label `role` as well: what the process does. A metric appears once there is something to say. No label',
    'holds a number, a text or anything else of a message; what is not in the closed set of a label is shown as `other`.',
    `The steps of all histograms, in seconds: ${durationSteps.join(', ')}.`,
    '',
    ...places.flatMap(section),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

const labelsOf = ({ labels }: MetricEntry): string => labels.map((label) => `\`${label}\``).join(', ');
