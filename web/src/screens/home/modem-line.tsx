import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../../language/language.tsx';
import {
  balanceOf,
  type Modem,
  numberReading,
  outsideNetwork,
  saysNothing,
  storageOf,
  textReading,
} from '../../parts/readings.ts';
import { Problem } from '../../parts/problem.tsx';
import { SignalBars } from '../../parts/signal-bars.tsx';

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <Stack gap={0}>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text component="div" size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </Stack>
);

/** One modem in plain words. */
export function ModemLine({ modem }: { readonly modem: Modem }) {
  const { t, number } = useLanguage();
  const dbm = numberReading(modem, 'signal');
  const storage = storageOf(modem);
  const sim = textReading(modem, 'sim');
  const outside = outsideNetwork(modem);
  const ofNetwork = (key: string) =>
    textReading(modem, key) ?? (saysNothing(modem, key) ? t.modem.noNetwork : t.modem.unknown);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="sm" wrap="nowrap" align="flex-start">
        <Text fw={650}>{modem.id}</Text>
        <Text size="sm" c="dimmed" ta="right">
          {outside === null ? (t.modem.states[modem.state] ?? modem.state) : t.modem.noNetwork}
        </Text>
      </Group>
      {outside !== null && (
        <Text size="sm" mb="sm">
          {t.outside[outside]}
        </Text>
      )}
      {modem.reason !== null && (
        <Stack gap={2} mb="sm">
          <Problem {...modem.reason} />
        </Stack>
      )}
      <SimpleGrid type="container" cols={{ base: 2, '30rem': 3, '52rem': 6 }} spacing="md">
        <Fact label={t.modem.operator}>{ofNetwork('operator')}</Fact>
        <Fact label={t.modem.signal}>
          <Group gap={6} wrap="nowrap">
            <SignalBars dbm={dbm} />
            <span style={{ whiteSpace: 'nowrap' }}>{dbm === null ? t.modem.unknown : t.modem.dbm(number(dbm))}</span>
          </Group>
        </Fact>
        <Fact label={t.modem.technology}>{ofNetwork('signal_type')}</Fact>
        <Fact label={t.modem.balance}>{balanceOf(modem, t.locale) ?? t.modem.unknown}</Fact>
        <Fact label={t.modem.sim}>{sim === null ? t.modem.unknown : (t.modem.simStates[sim] ?? sim)}</Fact>
        <Fact label={t.modem.storage}>
          {storage === null ? t.modem.unknown : t.modem.ofTotal(storage.used, storage.total)}
        </Fact>
      </SimpleGrid>
    </Card>
  );
}
