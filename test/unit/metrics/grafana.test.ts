import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Instruments } from '../../../src/metrics/instruments.ts';
import { type MetricEntry, metricTable } from '../../../src/metrics/metric-table.ts';
import { metricsPage } from '../../../src/metrics/reference-page.ts';
import { readExposition } from '../../support/exposition.ts';

const read = (name: string) => readFileSync(new URL(`../../../deploy/grafana/${name}`, import.meta.url), 'utf8');
const table: Readonly<Record<string, MetricEntry>> = metricTable;

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}
const dashboard: { readonly schemaVersion: number; readonly panels: readonly Panel[] } = JSON.parse(
  read('simloft.json'),
);
const alerts: { groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[] } = parse(
  read('alerts.yml'),
);
const rules = alerts.groups.flatMap((group) => group.rules);

const queries: [string, string][] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
  ...rules.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
];

const ownLabels = new Set(['role', 'instance', 'job', 'le']);
/** A metric with what is asked of its labels: `simloft_queue_messages{queue=~"…"}`. */
const selector = /\b((?:simloft|process|nodejs)_[a-z_]+)(?:\{([^}]*)\})?/g;
const grouping = /\bby \(([^)]*)\)/g;

/** What is wrong with a query, as far as the table of metrics can tell. */
function faultsOf(query: string): string[] {
  const faults: string[] = [];
  const offered = new Set(ownLabels);
  const outsideTexts = query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  for (const [opening, closing] of [
    ['(', ')'],
    ['{', '}'],
    ['[', ']'],
  ] as const) {
    if (outsideTexts.split(opening).length !== outsideTexts.split(closing).length)
      faults.push(`${opening} and ${closing} do not match`);
  }
  const found = [...query.matchAll(selector)];
  for (const [, shown = '', matchers = ''] of found) {
    const name = shown.replace(/_bucket$/, '');
    const entry = table[name];
    if (entry === undefined || (shown !== name) !== (entry.type === 'histogram')) {
      faults.push(`there is no ${shown}`);
      continue;
    }
    for (const label of entry.labels) offered.add(label);
    for (const [, label = ''] of matchers.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g))
      if (!entry.labels.includes(label) && !ownLabels.has(label)) faults.push(`${shown} has no label ${label}`);
    const rated = new RegExp(`(?:rate|increase)\\(${shown}(?:\\{[^}]*\\})?\\[`).test(query);
    if (rated !== (entry.type !== 'gauge')) faults.push(`${shown} is a ${entry.type}`);
  }
  if (found.length === 0 && !/\bup\{job="simloft"\}/.test(query)) faults.push('asks for nothing of ours');
  for (const [, labels = ''] of query.matchAll(grouping))
    for (const label of labels.split(',').map((one) => one.trim()))
      if (!offered.has(label)) faults.push(`groups by ${label}, which nothing has`);
  return faults;
}

describe('queries of the dashboard and the alerts', () => {
  it('are enough to mean anything', () => {
    expect(queries.length).toBeGreaterThan(30);
  });

  it.each(queries)('%s asks for metrics and labels that exist', (_where, query) => {
    expect(faultsOf(query)).toEqual([]);
  });

  it('would be found out', () => {
    expect(faultsOf('max(simloft_store_waiting)')).toEqual(['there is no simloft_store_waiting']);
    expect(faultsOf('simloft_received_latency_seconds')).toEqual(['there is no simloft_received_latency_seconds']);
    expect(faultsOf('simloft_store_up{modem="a"}')).toEqual(['simloft_store_up has no label modem']);
    expect(faultsOf('sum(simloft_errors_total)')).toEqual(['simloft_errors_total is a counter']);
    expect(faultsOf('sum by (queue) (simloft_store_up')).toEqual([
      '( and ) do not match',
      'groups by queue, which nothing has',
    ]);
    expect(faultsOf('vector(1)')).toEqual(['asks for nothing of ours']);
  });
});

describe('the dashboard', () => {
  const { panels } = dashboard;

  it('lets people choose where their Prometheus is', () => {
    const sources = panels.flatMap(({ datasource, targets = [] }) => [datasource, ...targets.map((t) => t.datasource)]);
    expect(new Set(sources.filter((source) => source !== undefined).map(({ uid }) => uid))).toEqual(
      new Set(['${datasource}']),
    );
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(38);
  });

  it('has its panels side by side', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Map<string, string>();
    for (const { title, gridPos } of panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.get(`${x} ${y}`), `${title} lies on`).toBeUndefined();
          taken.set(`${x} ${y}`, title);
        }
      }
    }
  });

  it('shows the life of each link by name', () => {
    const link = panels.find(({ type }) => type === 'state-timeline');
    const values = [...(link?.targets?.[0]?.expr ?? '').matchAll(/state="([a-z]+)"\} == 1\) \* (\d)/g)];
    const text = JSON.stringify(link);
    expect(values).toHaveLength(7);
    for (const [, state = '', number = ''] of values) expect(text).toContain(`"${number}":{"text":"${state}"`);
  });
});

describe('alerts', () => {
  it('say what happened and what to do', () => {
    for (const { annotations } of rules) expect(Object.keys(annotations)).toEqual(['summary', 'description']);
  });
});

describe('the table of metrics', () => {
  it('is what the registry builds and what the page says, name by name', async () => {
    const instruments = new Instruments('gateway');
    expect(await instruments.text()).toBe('\n');
    for (const [name, { type }] of Object.entries(metricTable)) {
      expect(name).toMatch(/^(?:simloft|process|nodejs)_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
      // The type of the table knows which name is of which type; a loop over it does not.
      const any = JSON.parse(JSON.stringify(name));
      if (type === 'counter') instruments.counter(any);
      else if (type === 'gauge') instruments.gauge(any);
      else instruments.histogram(any);
    }
    const { types } = readExposition(await instruments.text());
    expect([...types.entries()]).toEqual(Object.entries(table).map(([name, { type }]) => [name, type]));
    const page = metricsPage();
    for (const name of Object.keys(table)) expect(page).toContain(`| \`${name}\` | `);
    expect(page.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(Object.keys(table).length);
  });
});
