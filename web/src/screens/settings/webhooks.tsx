import { Badge, Button, Card, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { Shown } from './keys.tsx';

type Webhook = Answer<'GET /v1/webhooks'>['items'][number];

const shown = 10;

/** Who is told of what happens, and what they answered. */
export function Webhooks() {
  const { t } = useLanguage();
  const webhooks = useRead('GET /v1/webhooks', {});
  return (
    <Stack gap="md">
      <NewWebhook />
      <Loaded of={webhooks}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t.settings.noWebhooks} icon="send" />
          ) : (
            <Stack gap="md">
              {items.map((webhook) => (
                <One key={webhook.id} webhook={webhook} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  );
}

function One({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const old = ['GET /v1/webhooks', 'GET /v1/webhooks/{id}/deliveries'] as const;
  const test = useOrder('POST /v1/webhooks/{id}/test', old);
  const remove = useOrder('DELETE /v1/webhooks/{id}', old);
  const params = { params: { id: webhook.id } };
  const [last] = test.data?.attempts ?? [];
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Group gap="xs">
            <Text fw={600}>{webhook.name}</Text>
            <Badge variant="default" tt="none">
              {webhook.template}
            </Badge>
          </Group>
          <Group gap="xs">
            <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate(params)}>
              {t.settings.test}
            </Button>
            <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t.settings.deliveries}
            </Button>
            <Button size="xs" variant="default" onClick={() => remove.mutate(params)}>
              {t.remove}
            </Button>
          </Group>
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {webhook.url}
        </Text>
        {webhook.disabled_why !== null && <Text size="sm">{webhook.disabled_why}</Text>}
        {last !== undefined && (
          <Text size="sm" role="status">
            {t.settings.tested(String(last.status ?? last.error ?? ''))}
          </Text>
        )}
        {(test.error ?? remove.error) !== null && <Failed error={test.error ?? remove.error ?? new Error()} />}
        {open && <Deliveries webhook={webhook.id} />}
      </Stack>
    </Card>
  );
}

function Deliveries({ webhook }: { readonly webhook: number }) {
  const { t, moment } = useLanguage();
  const deliveries = useRead('GET /v1/webhooks/{id}/deliveries', {
    params: { id: webhook },
    query: { limit: shown },
  });
  const again = useOrder('POST /v1/deliveries/{id}/send-again', ['GET /v1/webhooks/{id}/deliveries']);
  return (
    <Loaded of={deliveries}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t.settings.noDeliveries}
          </Text>
        ) : (
          <Table.ScrollContainer minWidth={520}>
            <Table>
              <Table.Tbody>
                {items.map((delivery) => (
                  <Table.Tr key={delivery.id}>
                    <Table.Td>{moment(delivery.created_at)}</Table.Td>
                    <Table.Td>{delivery.type}</Table.Td>
                    <Table.Td>{delivery.about}</Table.Td>
                    <Table.Td>{delivery.state}</Table.Td>
                    <Table.Td>{delivery.attempts[0]?.status ?? delivery.error}</Table.Td>
                    <Table.Td>
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => again.mutate({ params: { id: delivery.id } })}
                      >
                        {t.messages.resend}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )
      }
    </Loaded>
  );
}

function NewWebhook() {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const add = useOrder('POST /v1/webhooks', ['GET /v1/webhooks']);
  return (
    <Card withBorder padding="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(
            { body: { name, url } },
            {
              onSuccess: () => {
                setName('');
                setUrl('');
              },
            },
          );
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t.settings.keyName}
              value={name}
              required
              flex={1}
              miw={140}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t.settings.webhookUrl}
              value={url}
              type="url"
              placeholder="http://192.168.1.5:8123/hook"
              required
              flex={2}
              miw={220}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <Button type="submit" loading={add.isPending}>
              {t.settings.addWebhook}
            </Button>
          </Group>
          {add.error !== null && <Failed error={add.error} />}
          {add.data !== undefined && <Shown words={t.settings.webhookSecret} secret={add.data.secret} />}
        </Stack>
      </form>
    </Card>
  );
}
