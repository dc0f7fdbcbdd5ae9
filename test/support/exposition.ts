/** One line of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Exposition {
  readonly samples: readonly Sample[];
  /** `counter`, `gauge` or `histogram`, by the name of the metric. */
  readonly types: ReadonlyMap<string, string>;
}

const commentLine = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/;
const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|\+Inf|NaN|Nan)$/;
const oneLabel = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/** Reads Prometheus' text format (version 0.0.4) strictly; throws at the first line that a scraper would not take. */
export function readExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const samples: Sample[] = [];
  const types = new Map<string, string>();
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, keyword, subject = '', rest = ''] = commentLine.exec(line) ?? [];
    if (keyword === 'TYPE') {
      if (types.has(subject)) throw new Error(`Two types for ${subject}.`);
      types.set(subject, rest);
    }
    if (keyword !== undefined) continue;
    const sample = readSample(line);
    const family = sample.name.replace(/_(?:bucket|sum|count)$/, '');
    const type = types.get(sample.name) ?? types.get(family);
    if (type === undefined) throw new Error(`No type stands before: ${line}`);
    if (type === 'counter' && !sample.name.endsWith('_total')) throw new Error(`A counter without _total: ${line}`);
    const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
    if (seen.has(key)) throw new Error(`Twice in one scrape: ${line}`);
    seen.add(key);
    samples.push(sample);
  }
  return { samples, types };
}

function readSample(line: string): Sample {
  const match = sampleLine.exec(line);
  if (match === null) throw new Error(`Neither a comment nor a sample: ${line}`);
  const [, name = '', inBraces = '', number = ''] = match;
  const labels: Record<string, string> = {};
  oneLabel.lastIndex = 0;
  while (oneLabel.lastIndex < inBraces.length) {
    const label = oneLabel.exec(inBraces);
    if (label === null) throw new Error(`Labels that cannot be read: ${line}`);
    const [, key = '', value = ''] = label;
    labels[key] = value;
  }
  const value = number.endsWith('Inf') ? Number(number.replace('Inf', 'Infinity')) : Number(number);
  return { name, labels, value };
}

/** The value of the one sample that has this name and at least these labels; undefined when there is none. */
export function valueOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const found = readExposition(text).samples.filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  if (found.length > 1) throw new Error(`${found.length} samples of ${name} have these labels.`);
  return found[0]?.value;
}
