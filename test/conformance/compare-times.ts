import type { Fields } from './vector.ts';

interface Time {
  readonly local: number | null;
  readonly utc: number | null;
}

/** A time is compared by its clock and by its instant, as far as both sides say them; at least one must be said. */
export function compareTimes(expected: Fields, got: Fields, base: string): boolean {
  const a = timeOf(expected, base);
  const b = timeOf(got, base);
  const local = a.local !== null && b.local !== null;
  const utc = a.utc !== null && b.utc !== null;
  return (local || utc) && (!local || a.local === b.local) && (!utc || a.utc === b.utc);
}

function timeOf(fields: Fields, base: string): Time {
  const whole = parse(fields[base]);
  const local = parse(fields[`${base}_local`]);
  const utc = parse(fields[`${base}_utc`]);
  return { local: local?.clock ?? whole?.clock ?? null, utc: utc?.clock ?? whole?.instant ?? null };
}

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:([+-])(\d\d):(\d\d)|Z)?$/;

function parse(value: unknown): { readonly clock: number; readonly instant: number | null } | null {
  const match = typeof value === 'string' ? form.exec(value) : null;
  if (match === null) return null;
  const [whole, text, sign, hours, minutes] = match;
  const clock = Date.parse(`${text}Z`);
  if (Number.isNaN(clock)) return null;
  if (sign === undefined) return { clock, instant: whole.endsWith('Z') ? clock : null };
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { clock, instant: sign === '-' ? clock + offset : clock - offset };
}
