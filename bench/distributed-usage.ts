import { readdirSync, readFileSync } from 'node:fs';

/** What a group of processes, with all that they have started, has used. */
export interface Usage {
  /** Processor time since their start, ms, with that of children that are gone (Linux, 100 ticks a second). */
  readonly processorMs: number;
  /** Proportional set size, MiB: memory that several processes share is counted once, in equal shares. */
  readonly memoryMiB: number;
}

/** Each group by its name; a process that has just ended counts as nothing. */
export function usageOf(groups: ReadonlyMap<string, readonly number[]>): Map<string, Usage> {
  const children = childrenByParent();
  return new Map([...groups].map(([name, pids]) => [name, sumOf(pids.flatMap((pid) => [...treeOf(pid, children)]))]));
}

/** This process without those that it has started. */
export function ownUsage(): Usage {
  return { processorMs: ticksOf(process.pid, 13) * 10, memoryMiB: proportionalKilobytes(process.pid) / 1024 };
}

function sumOf(pids: readonly number[]): Usage {
  const [ticks, kilobytes] = [pids.map((pid) => ticksOf(pid)), pids.map(proportionalKilobytes)];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return { processorMs: sum(ticks) * 10, memoryMiB: sum(kilobytes) / 1024 };
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(Number(name))[1] ?? Number.NaN);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function* treeOf(pid: number, children: ReadonlyMap<number, readonly number[]>): Generator<number> {
  yield pid;
  for (const child of children.get(pid) ?? []) yield* treeOf(child, children);
}

/** The fields behind the name in brackets: state, parent … (proc(5)). */
function statOf(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

/** utime and stime, and with a higher `end` cutime and cstime. */
const ticksOf = (pid: number, end = 15): number =>
  statOf(pid)
    .slice(11, end)
    .reduce((sum, field) => sum + Number(field), 0);

const proportionalKilobytes = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
