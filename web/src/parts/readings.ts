import type { Answer } from '../api/client.ts';

export type Modem = Answer<'GET /v1/modems'>['items'][number];

const valueOf = ({ readings }: Modem, key: string): unknown => readings[key]?.value;

export function textReading(modem: Modem, key: string): string | null {
  const value = valueOf(modem, key);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The modem was asked and has nothing to tell: it is in no network. */
export const saysNothing = (modem: Modem, key: string): boolean => valueOf(modem, key) === null;

const outside = ['searching', 'denied', 'idle', 'emergency-only'] as const;
export type Outside = (typeof outside)[number];

/** Why a modem that works reaches nobody; null where it is in a network, or nobody knows. */
export function outsideNetwork(modem: Modem): Outside | null {
  const told = textReading(modem, 'registration');
  return modem.state === 'ready' ? (outside.find((word) => word === told) ?? null) : null;
}

export function numberReading(modem: Modem, key: string): number | null {
  const value = valueOf(modem, key);
  return typeof value === 'number' ? value : null;
}

/** The balance: its amount with the currency, or the operator's own words. */
export function balanceOf(modem: Modem, locale: string): string | null {
  const value = valueOf(modem, 'balance');
  if (typeof value !== 'object' || value === null) return null;
  const { minor, currency, text }: { minor?: unknown; currency?: unknown; text?: unknown } = value;
  if (typeof minor !== 'number') return typeof text === 'string' ? text : null;
  if (typeof currency !== 'string')
    return new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(minor / 100);
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 100);
}

/** How full the memory of the SIM card is. */
export function storageOf(modem: Modem): { readonly used: number; readonly total: number } | null {
  const value = valueOf(modem, 'storage');
  const [first]: unknown[] = Array.isArray(value) ? value : [];
  if (typeof first !== 'object' || first === null) return null;
  const { used, total }: { used?: unknown; total?: unknown } = first;
  return typeof used === 'number' && typeof total === 'number' ? { used, total } : null;
}
