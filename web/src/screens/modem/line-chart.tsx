import { useLanguage } from '../../language/language.tsx';

interface Point {
  readonly at: number;
  readonly value: number;
}

const [width, height, left, bottom, top] = [560, 190, 66, 22, 10];
const marks = 4;

interface LineChartProps {
  /** Oldest first; two at least. */
  readonly points: readonly Point[];
  readonly label: string;
  readonly write: (value: number) => string;
}

/** A line over time. Whoever cannot see it hears its ends and its range. */
export function LineChart({ points, label, write }: LineChartProps) {
  const { moment } = useLanguage();
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  const [low, high] = [least - span * 0.1, most + span * 0.1];
  const begin = points[0]?.at ?? 0;
  const end = points.at(-1)?.at ?? 1;
  const x = (at: number) => left + ((at - begin) / (end - begin || 1)) * (width - left - 8);
  const y = (value: number) => top + (1 - (value - low) / (high - low)) * (height - top - bottom);
  const line = points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const levels = Array.from({ length: marks }, (_, index) => low + ((high - low) * (index + 0.5)) / marks);
  const iso = (at: number) => moment(new Date(at).toISOString());
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      role="img"
      aria-label={`${label}: ${write(least)} – ${write(most)}, ${iso(begin)} – ${iso(end)}`}
    >
      {levels.map((level) => (
        <g key={level}>
          <line className="chart-grid" x1={left} x2={width - 8} y1={y(level)} y2={y(level)} />
          <text className="chart-label" x={left - 6} y={y(level) + 4} textAnchor="end">
            {write(Math.round(level * 10) / 10)}
          </text>
        </g>
      ))}
      <polyline className="chart-line" points={line} />
      <text className="chart-label" x={left} y={height - 6}>
        {iso(begin)}
      </text>
      <text className="chart-label" x={width - 8} y={height - 6} textAnchor="end">
        {iso(end)}
      </text>
    </svg>
  );
}
