import { Card, Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Loaded } from '../../parts/states.tsx';

const dayMs = 86_400_000;
/** What is known of less than that is drawn over so long. */
const leastMs = 10 * 60_000;
const [width, height, bar] = [1000, 46, 24];

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly generation: number;
}

interface Change {
  readonly at: string;
  readonly value: number;
}

/** A day ago, or when the first was known. */
function beginOf([first]: readonly Change[], now: number): number {
  const known = first === undefined ? now : Date.parse(first.at);
  return Math.max(now - dayMs, Math.min(known, now - leastMs));
}

/** Each change of the network, as the pieces of the last day between them. */
function piecesOf(
  changes: readonly Change[],
  { begin, now }: { readonly begin: number; readonly now: number },
): readonly Piece[] {
  return changes.flatMap(({ at, value }, index) => {
    const from = Math.max(Date.parse(at), begin);
    const to = Date.parse(changes[index + 1]?.at ?? new Date(now).toISOString());
    return to > from ? [{ from, to, generation: value }] : [];
  });
}

/** Which generation of network the modem was in, as a band over the last day. */
export function Technology({ modem }: { readonly modem: string }) {
  const { t, moment } = useLanguage();
  const history = useRead('GET /v1/modems/{id}/history', { params: { id: modem }, query: { key: 'technology' } });
  const now = useMemo(() => Date.now(), [history.data]);
  const nameOf = (generation: number) => (generation === 0 ? t.modem.noNetwork : t.modem.generation(generation));
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t.modem.technologyChart}
      </Title>
      <Loaded of={history} rows={1}>
        {({ items }) => {
          const begin = beginOf(items, now);
          const pieces = piecesOf(items, { begin, now });
          if (pieces.length === 0)
            return (
              <Text size="sm" c="dimmed">
                {t.modem.noChart}
              </Text>
            );
          const x = (at: number) => ((at - begin) / (now - begin)) * width;
          const seen = [...new Set(pieces.map(({ generation }) => generation))].toSorted((a, b) => a - b);
          const iso = (at: number) => moment(new Date(at).toISOString());
          const said = pieces.slice(-12).map(({ from, generation }) => `${iso(from)}: ${nameOf(generation)}`);
          return (
            <>
              <svg
                viewBox={`0 0 ${width} ${height}`}
                preserveAspectRatio="none"
                width="100%"
                height={height}
                role="img"
                aria-label={`${t.modem.technologyChart}. ${said.join(', ')}`}
              >
                <rect className="band-none" x={0} y={0} width={width} height={bar} rx={6} />
                {pieces.map(({ from, to, generation }) => (
                  <rect
                    key={from}
                    className="band"
                    data-generation={generation}
                    x={x(from)}
                    y={0}
                    width={Math.max(x(to) - x(from), 1.5)}
                    height={bar}
                  >
                    <title>{`${iso(from)} – ${iso(to)}: ${nameOf(generation)}`}</title>
                  </rect>
                ))}
              </svg>
              <Group justify="space-between" gap="md" mt={-14}>
                <Text size="xs" c="dimmed">
                  {iso(begin)}
                </Text>
                <Group gap="md">
                  {seen.map((generation) => (
                    <Group key={generation} gap={6}>
                      <span className="band-key" data-generation={generation} aria-hidden="true" />
                      <Text size="xs">{nameOf(generation)}</Text>
                    </Group>
                  ))}
                </Group>
                <Text size="xs" c="dimmed">
                  {iso(now)}
                </Text>
              </Group>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
