import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder on the disk that a user's data would be on, removed at the end. */
export function workFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'simloft-bench-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Resident memory of a process, MiB (Linux). */
export function residentMiB(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/** Processor time that a process has used so far, ms (Linux, 100 ticks a second). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** One line of the report: the figure, and whether it keeps to what is promised. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The promise: `value` is at most, or at least, this. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

export function show({ name, value, unit, atMost, atLeast }: Figure): boolean {
  const kept = (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
  const promise = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : '';
  console.log(`${kept ? '✓' : '✗'} ${name.padEnd(66)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(4)} ${promise}`);
  return kept;
}
