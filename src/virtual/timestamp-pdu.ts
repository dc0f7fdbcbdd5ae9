import { hexOf } from './octets.ts';

/** TP-SCTS, TS 23.040 §9.2.3.11: ISO 8601 with an offset → seven octets of swapped digits in hex; null when it is not of that form. */
export function timestampHex(iso: string): string | null {
  const match = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(iso);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const quarters = Number(zoneHours ?? 0) * 4 + Math.floor(Number(zoneMinutes ?? 0) / 15);
  const zone = swapped(quarters) | (sign === '-' ? 0x08 : 0);
  return hexOf([...[year, month, day, hour, minute, second].map((digits) => swapped(Number(digits))), zone]);
}

const swapped = (value: number): number => ((value % 10) << 4) | Math.floor(value / 10);

/** A moment as the service centre writes it, three hours east of Greenwich. */
export function moscowTime(epochMs: number): string {
  return `${new Date(epochMs + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`;
}
