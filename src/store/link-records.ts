/** The link to a modem has come into another state. */
export interface LinkChange {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  readonly modem: string;
  /** A `LinkState`; of another version perhaps one that is not known here. */
  readonly state: string;
  /** Why it is not ready; null when there is nothing to say. */
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
}

export interface LinkReads {
  /** Newest first, before this id. */
  linkChanges(query: {
    readonly modem: string;
    readonly before?: number;
    readonly limit: number;
  }): Promise<LinkChange[]>;
}

export interface LinkWrites {
  /** Forgets the oldest of all modems above `most`. */
  addLinkChange(change: Omit<LinkChange, 'id'>, most: number): Promise<void>;
}
