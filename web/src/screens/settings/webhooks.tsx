import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Words } from '../../language/words.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { Deliveries } from './deliveries.tsx';
import { NewWebhook } from './new-webhook.tsx';
import { Shown } from './shown.tsx';
import { WebhookForm } from './webhook-form.tsx';

type Webhook = Answer<'GET /v1/webhooks'>['items'][number];

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
  const [asking, setAsking] = useState<'change' | 'remove' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const told = toldOf(webhook, t);
  const old = ['GET /v1/webhooks', 'GET /v1/webhooks/{id}/deliveries'] as const;
  const test = useOrder('POST /v1/webhooks/{id}/test', old);
  const remove = useOrder('DELETE /v1/webhooks/{id}', old);
  const params = { params: { id: webhook.id } };
  const [last] = test.data?.attempts ?? [];
  return (
    <Card withBorder padding="md" component="section" aria-label={webhook.name}>
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Group gap="xs">
            <Text fw={600}>{webhook.name}</Text>
            <Badge variant="default" tt="none">
              {webhook.template}
            </Badge>
            {!webhook.enabled && (
              <Badge color="gray" variant="default" tt="none">
                {t.settings.disabled}
              </Badge>
            )}
          </Group>
          <Group gap="xs">
            <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate(params)}>
              {t.settings.test}
            </Button>
            <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t.settings.deliveries}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking('change')}>
              {t.settings.edit}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking('remove')}>
              {t.remove}
            </Button>
          </Group>
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {webhook.url}
        </Text>
        {told !== '' && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {told}
          </Text>
        )}
        {secret !== null && <Shown words={t.settings.webhookSecret} secret={secret} />}
        {webhook.disabled_why !== null && <Text size="sm">{webhook.disabled_why}</Text>}
        {last !== undefined && (
          <Text size="sm" role="status">
            {t.settings.tested(String(last.status ?? last.error ?? ''))}
          </Text>
        )}
        {(test.error ?? remove.error) !== null && <Failed error={test.error ?? remove.error ?? new Error()} />}
        {open && <Deliveries webhook={webhook.id} />}
      </Stack>
      {asking === 'change' && <WebhookForm webhook={webhook} onSecret={setSecret} onClose={() => setAsking(null)} />}
      <Confirm
        open={asking === 'remove'}
        title={t.remove}
        text={t.settings.removeWebhookSure(webhook.name)}
        go={t.remove}
        danger
        onGo={() => remove.mutate(params)}
        onClose={() => setAsking(null)}
      />
    </Card>
  );
}

/** Of what it is told, in words; empty for everything. */
function toldOf({ filters: { events, senders, text, modems } }: Webhook, { settings: words }: Words): string {
  return [
    events.map((event) => words.eventNames[event] ?? event).join(', '),
    senders.length === 0 ? '' : `${words.webhookSenders}: ${senders.join(', ')}`,
    text === null ? '' : `${words.webhookText}: ${text}`,
    modems.length === 0 ? '' : `${words.webhookModems}: ${modems.join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
