/** One command line and what its answer looks like, so that answers and unsolicited result codes can be told apart. */
export interface AtCommand {
  /** What is written, without the CR. */
  readonly text: string;
  /**
   * Lines that belong to the answer: those that begin with one of these prefixes (`+CSQ:`); with `'free'`, all lines that are
   * no known unsolicited result code (identity commands, vendor commands).
   */
  readonly answer: readonly string[] | 'free';
  /** From the last byte written to the final result code, ms. */
  readonly timeoutMs: number;
  /** With it, the time-out counts from the last byte that came; for listings. */
  readonly idleMs?: number;
  /** Whether NO CARRIER, BUSY, NO ANSWER, NO DIALTONE and CONNECT end it: `ATD` and `ATA` only. */
  readonly dials?: boolean;
  /** Whether answer lines are followed by a line of payload: `+CMGL`, `+CMGR`. */
  readonly payload?: boolean;
  /** Some modems leave the OK out: so long after the last line of the answer, ms, it counts as complete. */
  readonly settleMs?: number;
}

/** The command without its parameters, which may be a PIN or a number: for logs and errors. */
export function commandName(command: AtCommand): string {
  return /^AT(?:[+^*#$%&]\w+|[A-Z])?/i.exec(command.text)?.[0] ?? 'AT';
}

/** Queue classes, most urgent first. Nothing is interrupted; the most urgent waiting command goes next. */
export type AtPriority = 'hang-up' | 'read' | 'send' | 'ussd' | 'poll';
