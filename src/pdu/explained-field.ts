/** One field of a PDU, for people. */
export interface ExplainedField {
  /** The field, from the outside in: `SCA`, `OA`, `UD.UDH`. */
  readonly path: string;
  /** Octet offset in the whole PDU. */
  readonly offset: number;
  /** Upper-case hex. */
  readonly octets: string;
  /** The field's name in words. */
  readonly name: string;
  /** What it says. Hostile content: numbers, names and texts come from the network. */
  readonly value: string;
  /** What was wrong with it and read all the same. */
  readonly note: string | null;
}
