import { Button, Card, Code, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { Modem as ModemRow } from '../../parts/readings.ts';
import { useMay } from '../../parts/session.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { ModemLine } from '../home/modem-line.tsx';
import { History } from './history.tsx';
import { LinkLog } from './link-log.tsx';
import { Ports } from './ports.tsx';
import { Technology } from './technology.tsx';
import { Ussd } from './ussd.tsx';
import { Wire } from './wire.tsx';

/** One modem: how it is, how it was, and what it can be asked. */
export function Modem() {
  const { t } = useLanguage();
  const modems = useRead('GET /v1/modems', {});
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        {t.modem.title}
      </Title>
      <Loaded of={modems}>
        {({ items }) => {
          const modem = items.find(({ id }) => id === chosen) ?? items[0];
          if (modem === undefined) return <Empty text={t.modem.none} icon="modem" />;
          return (
            <Stack gap="md">
              {items.length > 1 && (
                <Select
                  label={t.modem.title}
                  data={items.map(({ id }) => id)}
                  value={modem.id}
                  onChange={setChosen}
                  allowDeselect={false}
                />
              )}
              <OneModem key={modem.id} modem={modem} />
            </Stack>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function OneModem({ modem }: { readonly modem: ModemRow }) {
  const { t } = useLanguage();
  const { identity } = modem;
  const device = [identity?.manufacturer, identity?.model, identity?.firmware].filter(Boolean).join(' ');
  const [mayCalls, isAdmin] = [useMay('calls'), useMay('admin')];
  return (
    <Stack gap="md">
      <ModemLine modem={modem} />
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t.modem.port}: {modem.port}
        {device === '' ? '' : ` · ${t.modem.device}: ${device}`}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <History modem={modem.id} what="signal" title={t.modem.signalChart} />
        <History modem={modem.id} what="balance" title={t.modem.balanceChart} />
      </SimpleGrid>
      <Technology modem={modem.id} />
      <LinkLog modem={modem.id} />
      {mayCalls && <Ussd modem={modem.id} />}
      {isAdmin && (
        <>
          <Ports modem={modem.id} />
          <Wire modem={modem.id} />
          <Orders modem={modem.id} />
        </>
      )}
    </Stack>
  );
}

/** For administrators: a restart, and raw AT commands. */
function Orders({ modem }: { readonly modem: string }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  const [command, setCommand] = useState('AT+CSQ');
  const restart = useOrder('POST /v1/modems/{id}/restart', ['GET /v1/modems', 'GET /v1/status']);
  const at = useOrder('POST /v1/modems/{id}/at');
  const wrong = restart.error ?? at.error;
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            at.mutate({ params: { id: modem }, body: { command } });
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t.modem.at}
              description={t.modem.atHint}
              value={command}
              required
              flex={1}
              onChange={(event) => setCommand(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={at.isPending}>
              {t.modem.run}
            </Button>
          </Group>
        </form>
        {at.data !== undefined && (
          <Code block role="status">
            {at.data.lines.join('\n')}
          </Code>
        )}
        {wrong !== null && <Failed error={wrong} />}
        <Group>
          <Button variant="default" loading={restart.isPending} onClick={() => setAsking(true)}>
            {t.modem.restart}
          </Button>
        </Group>
        <Confirm
          open={asking}
          title={t.modem.restart}
          text={t.modem.restartSure}
          go={t.modem.restart}
          onGo={() => restart.mutate({ params: { id: modem } })}
          onClose={() => setAsking(false)}
        />
      </Stack>
    </Card>
  );
}
