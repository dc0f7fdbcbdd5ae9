import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { PortList, Remarks } from '../../parts/port-list.tsx';
import { Failed, Loaded } from '../../parts/states.tsx';

/** The ports of the modem's machine, and why each was taken or left. */
export function Ports({ modem }: { readonly modem: string }) {
  const { t } = useLanguage();
  const params = { id: modem };
  const seen = useRead('GET /v1/modems/{id}/ports', { params });
  const ask = useOrder('POST /v1/modems/{id}/ports');
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="flex-start" mb="xs">
        <Title order={2} size="h5">
          {t.ports.title}
        </Title>
        <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate({ params })}>
          {t.ports.ask}
        </Button>
      </Group>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t.ports.hint}
        </Text>
        {ask.error !== null && <Failed error={ask.error} />}
        <Loaded of={seen} rows={2}>
          {(found) => {
            const { ports, remarks } = ask.data ?? found;
            return (
              <>
                <Remarks remarks={remarks} />
                {ports.length === 0 ? <Text size="sm">{t.ports.none}</Text> : <PortList ports={ports} />}
              </>
            );
          }}
        </Loaded>
      </Stack>
    </Card>
  );
}
