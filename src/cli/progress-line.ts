import type { Clock } from '../core/clock.ts';
import type { Progress } from '../store/transfer/transfer-store.ts';

/** Where the line is shown: standard error, or what stands for it. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressLine {
  readonly show: Progress;
  /** Clears the line away. */
  end(): void;
}

const eraseLine = '\r\u001B[K';
const betweenMs = 100;

/** One line that tells how far a long work has got, at most ten times a second. Shown on a terminal only. */
export function progressLine(screen: Screen, clock: Clock): ProgressLine {
  if (screen.isTTY !== true) return { show: () => {}, end: () => {} };
  let shownAt: number | null = null;
  return {
    show(table, done, all) {
      const now = clock.monotonic();
      if (shownAt !== null && now - shownAt < betweenMs) return;
      shownAt = now;
      screen.write(`${eraseLine}${table}: ${done} of ${all}`);
    },
    end() {
      if (shownAt !== null) screen.write(eraseLine);
    },
  };
}
