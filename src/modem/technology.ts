/** TS 27.007 §7.2 <AcT>. */
const byAct: readonly string[] = [
  'GSM',
  'GSM',
  'UMTS',
  'EDGE',
  'HSDPA',
  'HSUPA',
  'HSPA',
  'LTE',
  'GSM',
  'NB-IoT',
  'LTE',
  'NR',
  'NR',
  'LTE',
];

export function technologyOfAct(act: number | null): string | null {
  return act === null ? null : (byAct[act] ?? null);
}

/** ZTE's words in `+ZPAS:`, `+BEARTYPE:` and `+ZPASR:`; null without service. */
export function technologyOfZte(word: string): string | null {
  const name = word.trim().toUpperCase();
  if (name === '' || name.endsWith('SERVICE')) return null;
  return name === 'GPRS/EDGE' ? 'EDGE' : name;
}
