import { Alert, Anchor, Badge, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Problem } from '../../parts/problem.tsx';
import { outsideNetwork } from '../../parts/readings.ts';
import { useMay } from '../../parts/session.tsx';
import { Loaded } from '../../parts/states.tsx';
import { LatestCalls, LatestMessages } from './latest.tsx';
import { ModemLine } from './modem-line.tsx';

/** Whether all is well, and what has come. */
export function Home() {
  const { t, plural, moment } = useLanguage();
  const status = useRead('GET /v1/status', {}, { refetchInterval: 15_000 });
  const modems = useRead('GET /v1/modems', {});
  const unread = useRead('GET /v1/messages', { query: { unread: true, limit: 100 } });
  const [mayCalls, isAdmin] = [useMay('calls'), useMay('admin')];
  const count = unread.data?.items.length ?? 0;
  const outside = modems.data?.items.find((modem) => outsideNetwork(modem) !== null);
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">
        {t.nav.home}
      </Title>
      <Loaded of={status} rows={1}>
        {({ ready: isReady, reasons, started_at }) => {
          const ready = isReady && outside === undefined;
          return (
            <Alert
              color={ready ? 'green' : 'orange'}
              variant="light"
              title={
                <Text c="bright" fw={650}>
                  {ready ? t.home.well : t.home.unwell}
                </Text>
              }
              icon={<Icon name={ready ? 'check' : 'warning'} />}
              role="status"
            >
              {reasons.map(({ code, text }) => (
                <Problem key={code} code={code} text={text} />
              ))}
              {!isReady && isAdmin && (
                <Anchor component={Link} href="/setup" size="sm" c="bright" underline="always">
                  {t.setup.open}
                </Anchor>
              )}
              <Text size="sm" c="dimmed">
                {t.home.since(moment(started_at))}
              </Text>
            </Alert>
          );
        }}
      </Loaded>
      <Loaded of={modems} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t.modem.none}</Text>
          ) : (
            <Stack>
              {items.map((modem) => (
                <ModemLine key={modem.id} modem={modem} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <SimpleGrid cols={{ base: 1, md: mayCalls ? 2 : 1 }} spacing="lg">
        <Card withBorder padding="md">
          <Group justify="space-between" mb="xs">
            <Title order={2} size="h4">
              {t.home.latest}
            </Title>
            {count > 0 && (
              <Badge size="lg" tt="none">
                {t.home.unread(count, plural)}
              </Badge>
            )}
          </Group>
          <LatestMessages />
          <Anchor component={Link} href="/messages" size="sm" mt="sm">
            {t.home.all}
          </Anchor>
        </Card>
        {mayCalls && (
          <Card withBorder padding="md">
            <Title order={2} size="h4" mb="xs">
              {t.home.calls}
            </Title>
            <LatestCalls />
          </Card>
        )}
      </SimpleGrid>
    </Stack>
  );
}
