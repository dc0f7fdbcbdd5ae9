import { SimloftError } from '../../core/errors.ts';
import { askOf, knownModem, type ModemsOptions, type Wanted } from './ask.ts';

/** The network ends a menu that nobody answers after 30 to 120 s and may not say so. */
const menuMs = 120_000;

export type UssdQuestion = { readonly code: string } | { readonly reply: string };

export interface UssdAnswer {
  readonly text: string | null;
  /** It is a menu: the network waits for a reply. */
  readonly more: boolean;
}

/**
 * Asks the network by USSD, or answers its menu. A new code closes a menu that is open: the network would take it for the answer.
 * @throws SimloftError `ussd_no_session` for a reply to no menu, `ussd_refused`, `ussd_timeout`, `ussd_busy`, `not_found`; whatever the worker says.
 */
export async function askUssd(options: ModemsOptions, wanted: Wanted, question: UssdQuestion): Promise<UssdAnswer> {
  await knownModem(options.store, wanted.modem, wanted.principal);
  const open = await menuIsOpen(options, wanted.modem);
  if ('reply' in question && !open) {
    const text = 'No menu waits for an answer: it was answered, or has ended meanwhile. Begin again with its code.';
    throw new SimloftError('ussd_no_session', text);
  }
  if ('code' in question && open) await endUssd(options, wanted);
  const text = 'code' in question ? question.code : question.reply;
  const value = await askOf(options, wanted, { type: 'ussd', text, endSession: false }).catch(
    async (error: unknown) => {
      await noteMenu(options, wanted.modem, { status: 2, text: null });
      throw error;
    },
  );
  if (value?.type !== 'ussd') throw new SimloftError('internal', 'The worker answered something else than USSD.');
  await noteMenu(options, wanted.modem, value);
  return { text: value.text, more: value.status === 1 };
}

/** Ends whatever session there is. @throws SimloftError `not_found`; whatever the worker says. */
export async function endUssd(options: ModemsOptions, wanted: Wanted): Promise<void> {
  await askOf(options, wanted, { type: 'ussd.cancel' });
  await noteMenu(options, wanted.modem, { status: 2, text: null });
}

async function menuIsOpen({ store, clock }: ModemsOptions, modem: string): Promise<boolean> {
  const reading = await store.reading('ussd', modem);
  if (reading === null || clock.now() - reading.updatedAt >= menuMs) return false;
  const { data } = reading;
  return typeof data === 'object' && data !== null && 'status' in data && data.status === 1;
}

/** The worker tells it too, but between roles its event may come later than its answer. */
async function noteMenu(
  { store, clock }: ModemsOptions,
  modem: string,
  { status, text }: { readonly status: number; readonly text: string | null },
): Promise<void> {
  const data = { status, text, request: null };
  const updatedAt = clock.now();
  await store.transaction((tx) => tx.putReading({ modem, key: 'ussd', data, updatedAt }), { key: modem });
}
