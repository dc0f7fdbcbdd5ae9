import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Contact, ContactChange, ContactQuery, ListEntry, SenderList } from '../store/contact-records.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { maySeeSender, type Principal } from './access/principal.ts';
import { readAddress } from './address.ts';

export interface ContactsOptions {
  readonly store: Store;
  readonly clock: Clock;
}

export interface ContactPage {
  readonly items: readonly Contact[];
  readonly next: { readonly name: string; readonly id: number } | null;
}

/** People with the numbers and names that they write from. */
export interface Contacts {
  /** By name. A caller that may see some senders only sees those contacts. */
  list(query: ContactQuery, principal: Principal): Promise<ContactPage>;
  /** @throws SimloftError `not_found` */
  one(id: number, principal: Principal): Promise<Contact>;
  /** @throws SimloftError `contact_taken` */
  add(contact: ContactChange): Promise<Contact>;
  /** @throws SimloftError `not_found`, `contact_taken` */
  change(id: number, change: ContactChange): Promise<Contact>;
  /** @throws SimloftError `not_found` */
  remove(id: number): Promise<void>;
}

/** Who is denied, and who alone is allowed. */
export interface SenderLists {
  active(): Promise<readonly SenderList[]>;
  setActive(list: SenderList, active: boolean): Promise<void>;
  entries(list: SenderList): Promise<ListEntry[]>;
  /** The same pattern again changes its note. */
  add(list: SenderList, entry: { readonly pattern: string; readonly note: string | null }): Promise<ListEntry>;
  /** @throws SimloftError `not_found` */
  remove(list: SenderList, id: number): Promise<void>;
}

export function createContacts({ store, clock }: ContactsOptions): Contacts {
  const known = async (id: number): Promise<Contact> => {
    const contact = await store.contact(id);
    if (contact === null) throw notFound(id);
    return contact;
  };
  return {
    async list(query, principal) {
      const found = await store.contacts({ ...query, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      const last = found.length > page.length ? page.at(-1) : undefined;
      return {
        items: page.filter((contact) => maySeeContact(principal, contact)),
        next: last === undefined ? null : { name: last.name, id: last.id },
      };
    },
    async one(id, principal) {
      const contact = await known(id);
      if (!maySeeContact(principal, contact)) throw notFound(id);
      return contact;
    },
    async add(contact) {
      const id = await store.transaction((tx) => addContact(tx, contact, clock.now()));
      return known(id);
    },
    async change(id, change) {
      await store.transaction(async (tx) => {
        if ((await tx.contact(id)) === null) throw notFound(id);
        const made = normalised(change);
        await requireFree(tx, made, id);
        await tx.changeContact(id, made, clock.now());
      });
      return known(id);
    },
    async remove(id) {
      await store.transaction(async (tx) => {
        if ((await tx.contact(id)) === null) throw notFound(id);
        await tx.deleteContact(id);
      });
    },
  };
}

export function createSenderLists({ store, clock }: ContactsOptions): SenderLists {
  return {
    active: () => store.activeLists(),
    setActive: (list, active) => store.transaction((tx) => tx.setListActive(list, active)),
    entries: (list) => store.listEntries(list),
    async add(list, { pattern, note }) {
      const entry = { list, pattern: readAddress(pattern), note, createdAt: clock.now() };
      const id = await store.transaction((tx) => tx.putListEntry(entry));
      return (await store.listEntries(list)).find((one) => one.id === id) ?? { ...entry, id };
    },
    async remove(list, id) {
      const gone = await store.transaction((tx) => tx.deleteListEntry(list, id));
      if (!gone) throw new SimloftError('not_found', `There is no entry ${id} in the list "${list}".`);
    },
  };
}

/** Writes a contact within a transaction that runs alone. @throws SimloftError `contact_taken` */
export async function addContact(tx: StoreTransaction, contact: ContactChange, at: number): Promise<number> {
  const made = normalised(contact);
  await requireFree(tx, made, null);
  return tx.addContact(made, at);
}

/** Each address once, numbers in the form in which they come. */
function normalised({ name, addresses }: ContactChange): ContactChange {
  const byLower = new Map(addresses.map(readAddress).map((address) => [address.toLowerCase(), address]));
  return { name: name.trim(), addresses: [...byLower.values()] };
}

async function requireFree(tx: StoreTransaction, { addresses }: ContactChange, own: number | null): Promise<void> {
  const taken = await tx.contactsOf(addresses);
  const other = taken.find(({ contactId }) => contactId !== own);
  if (other === undefined) return;
  const text = `${other.address} belongs to the contact ${other.contactId} (${other.name}) already. Take it from there first.`;
  throw new SimloftError('contact_taken', text, { details: { address: other.address, contact: other.contactId } });
}

const maySeeContact = (principal: Principal, { addresses }: Contact): boolean =>
  principal.limits.senders === null || addresses.some((address) => maySeeSender(principal, address));

const notFound = (id: number): SimloftError => new SimloftError('not_found', `There is no contact ${id}.`);
