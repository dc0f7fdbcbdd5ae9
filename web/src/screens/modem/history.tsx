import { Card, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Loaded } from '../../parts/states.tsx';
import { LineChart } from './line-chart.tsx';

const hourMs = 3_600_000;
const spans = { signal: 24 * hourMs, balance: 90 * 24 * hourMs } as const;

interface HistoryProps {
  readonly modem: string;
  readonly what: 'signal' | 'balance';
  readonly title: string;
}

/** How a reading went over time. */
export function History({ modem, what, title }: HistoryProps) {
  const { t, number } = useLanguage();
  const since = useMemo(() => new Date(Date.now() - spans[what]).toISOString(), [what]);
  const history = useRead('GET /v1/modems/{id}/history', { params: { id: modem }, query: { key: what, since } });
  const unit = what === 'signal' ? t.modem.dbm : (value: string) => value;
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      <Loaded of={history} rows={2}>
        {({ items }) =>
          items.length < 2 ? (
            <Text size="sm" c="dimmed">
              {t.modem.noChart}
            </Text>
          ) : (
            <LineChart
              points={items.map(({ at, value }) => ({
                at: Date.parse(at),
                value: what === 'balance' ? value / 100 : value,
              }))}
              label={title}
              write={(value) => unit(number(value))}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
