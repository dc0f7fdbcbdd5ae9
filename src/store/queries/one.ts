/** The first row as a record; null when there is none. */
export function one<Row, Result>(rows: readonly Row[], convert: (row: Row) => Result): Result | null {
  const [row] = rows;
  return row === undefined ? null : convert(row);
}

export const same = <Row>(row: Row): Row => row;
