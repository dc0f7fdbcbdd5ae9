import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answerAt } from './at-adapter.ts';
import { compare, type Difference } from './compare.ts';
import { answerPdu } from './pdu-adapter.ts';
import type { Answer, Vector } from './vector.ts';

// node test/conformance/run.ts [VECTORS.jsonl] [--answers OUT.jsonl]
// Answers test vectors with the product's public functions, and prints how many answers are right.

const root = path.resolve(import.meta.dirname, '../..');
const defaultVectors = path.resolve(root, '../shared/corpora/dev.jsonl');

interface Row {
  judged: number;
  right: number;
  excepted: number;
  skipped: number;
  policy: number;
  policyRight: number;
}

interface Failure {
  readonly vector: Vector;
  readonly differences: readonly Difference[];
}

function main(args: readonly string[]): number {
  const answersAt = args.indexOf('--answers');
  const given = args.find((arg, index) => !arg.startsWith('--') && (answersAt < 0 || index !== answersAt + 1));
  const file = given ?? defaultVectors;
  if (!existsSync(file)) {
    console.log(`There are no vectors at ${file}: nothing was compared.`);
    return given === undefined ? 0 : 2;
  }
  const vectors = readLines(file);
  const answers = vectors.map(answer);
  const target = answersAt < 0 ? undefined : args[answersAt + 1];
  if (target !== undefined) writeFileSync(target, answers.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return report(vectors, answers);
}

function readLines(file: string): Vector[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line): Vector => JSON.parse(line));
}

function answer(vector: Vector): Answer {
  return answerAt(vector) ?? { id: vector.id, ...answerPdu(vector) };
}

function report(vectors: readonly Vector[], answers: readonly Answer[]): number {
  const exceptions = readExceptions();
  const rows = new Map<string, Row>();
  const failures: Failure[] = [];
  for (const [index, vector] of vectors.entries()) {
    const given = answers[index];
    if (given === undefined || vector.suspect !== undefined || Object.keys(vector.expect).length === 0) continue;
    const differences = compare(vector, given);
    const row = rowOf(rows, vector.kind);
    const excepted = count(row, { vector, right: differences.length === 0, skipped: 'skip' in given }, exceptions);
    if (differences.length > 0 && !excepted) failures.push({ vector, differences });
  }
  for (const failure of failures) printFailure(failure);
  printRows(rows);
  return failures.some(({ vector }) => vector.policy === undefined) ? 1 : 0;
}

/** Each listed vector with its written reason: a wrong source, a matter of policy, or nothing that the product does. */
function readExceptions(): ReadonlyMap<string, string> {
  const files = readdirSync(import.meta.dirname).filter((name) => /^exceptions.*\.json$/.test(name));
  return new Map(files.flatMap((name) => Object.entries(parseReasons(path.join(import.meta.dirname, name)))));
}

function parseReasons(file: string): Record<string, string> {
  const reasons: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return reasons;
}

function rowOf(rows: Map<string, Row>, kind: string): Row {
  const known = rows.get(kind);
  if (known !== undefined) return known;
  const row = { judged: 0, right: 0, excepted: 0, skipped: 0, policy: 0, policyRight: 0 };
  rows.set(kind, row);
  return row;
}

/** Counts one vector; true when it is wrong but listed. */
function count(
  row: Row,
  { vector, right, skipped }: { vector: Vector; right: boolean; skipped: boolean },
  exceptions: ReadonlyMap<string, string>,
): boolean {
  const excepted = !right && exceptions.has(vector.id);
  if (vector.policy !== undefined) {
    row.policy += 1;
    row.policyRight += right ? 1 : 0;
    return excepted;
  }
  row.judged += 1;
  row.right += right ? 1 : 0;
  row.excepted += excepted ? 1 : 0;
  row.skipped += skipped ? 1 : 0;
  return excepted;
}

function printFailure({ vector, differences }: Failure): void {
  const mark = vector.policy === undefined ? 'wrong' : `policy ${vector.policy.join(', ')}`;
  console.log(`${vector.id}  ${vector.op}  (${mark}; ${vector.source})`);
  console.log(`    input ${shown(vector.input)}`);
  for (const { key, expected, got } of differences)
    console.log(`    ${key}: expected ${shown(expected)}, got ${shown(got)}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function printRows(rows: ReadonlyMap<string, Row>): void {
  console.log('kind              judged  right          listed  no function  policy right');
  for (const [kind, row] of [...rows].sort(([a], [b]) => a.localeCompare(b))) {
    const rate = row.judged === 0 ? '-' : `${((100 * row.right) / row.judged).toFixed(1)} %`;
    const counts = `${pad(row.judged, 6)}  ${pad(row.right, 5)} ${rate.padStart(8)}  ${pad(row.excepted, 5)}`;
    console.log(`${kind.padEnd(16)}  ${counts}  ${pad(row.skipped, 11)}  ${pad(row.policyRight, 4)} of ${row.policy}`);
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}

process.exitCode = main(process.argv.slice(2));
