export interface Contact {
  readonly id: number;
  readonly name: string;
  /** Numbers and names of senders, as they were written; each belongs to one contact. */
  readonly addresses: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type ContactChange = Pick<Contact, 'name' | 'addresses'>;

export interface ContactQuery {
  /** Anywhere in the name or in an address, whatever the case. */
  readonly search?: string;
  /** Only those behind this one, in the order of names. */
  readonly after?: { readonly name: string; readonly id: number };
  readonly limit: number;
}

/** `deny`: who is on it is blocked. `allow`: when it is active, who is not on it is blocked. */
export const senderLists = ['allow', 'deny'] as const;
export type SenderList = (typeof senderLists)[number];

export interface ListEntry {
  readonly id: number;
  readonly list: SenderList;
  /** A number or a name, or the beginning of one with `*` behind it. */
  readonly pattern: string;
  readonly note: string | null;
  readonly createdAt: number;
}

export interface ContactReads {
  /** By name. */
  contacts(query: ContactQuery): Promise<Contact[]>;
  contact(id: number): Promise<Contact | null>;
  /** Names of those whose address is among these, by the address in lower case. */
  contactNames(addresses: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** To whom these addresses belong. */
  contactsOf(
    addresses: readonly string[],
  ): Promise<readonly { readonly contactId: number; readonly name: string; readonly address: string }[]>;
  /** Which lists are heeded, and which hold one of these patterns (in lower case). */
  screen(
    patterns: readonly string[],
  ): Promise<{ readonly active: readonly SenderList[]; readonly naming: readonly SenderList[] }>;
  listEntries(list: SenderList): Promise<ListEntry[]>;
  /** Which lists are heeded. */
  activeLists(): Promise<readonly SenderList[]>;
}

export interface ContactWrites {
  /** @throws whatever the database says when an address belongs to another contact: ask before, in the same transaction. */
  addContact(contact: ContactChange, at: number): Promise<number>;
  changeContact(id: number, change: ContactChange, at: number): Promise<void>;
  deleteContact(id: number): Promise<void>;
  /** The same pattern again changes the note. Returns the id. */
  putListEntry(entry: Omit<ListEntry, 'id'>): Promise<number>;
  /** False when there was none. */
  deleteListEntry(list: SenderList, id: number): Promise<boolean>;
  setListActive(list: SenderList, active: boolean): Promise<void>;
}
