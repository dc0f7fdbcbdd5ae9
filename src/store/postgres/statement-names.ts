/** More than all statements of transactions there are; a statement that is made anew each time must not fill the server's memory. */
const most = 200;
/** Longer ones write many rows at once; to read them is little beside that. */
const longest = 4_000;

/**
 * Under which name a statement is prepared on each connection, so that the server reads and plans it once. Plans are made again by the
 * server itself when its statistics change.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();

  /** Undefined for one that is too long, and when there are too many already. */
  nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || sql.length > longest || this.#names.size >= most) return known;
    const name = `simloft-${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }
}
