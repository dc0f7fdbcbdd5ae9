import { useLanguage } from '../language/language.tsx';

const heights = [4, 7, 10, 13, 16];
/** dBm from which on one more bar is drawn. */
const levels = [-109, -101, -93, -85, -75];

export const barsOf = (dbm: number): number => levels.filter((level) => dbm >= level).length;

/** How strong the signal is, as phones draw it. */
export function SignalBars({ dbm }: { readonly dbm: number | null }) {
  const { t, number } = useLanguage();
  const bars = dbm === null ? 0 : barsOf(dbm);
  const words = dbm === null ? t.modem.noSignal : t.modem.dbm(number(dbm));
  return (
    <span className="bars" role="img" aria-label={`${t.modem.signal}: ${words}`}>
      {heights.map((height, index) => (
        <span key={height} style={{ height }} {...(index < bars ? { 'data-on': true } : {})} />
      ))}
    </span>
  );
}
