import { Button, Group, Stack, Text } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Failed, Loaded } from '../../parts/states.tsx';

type Delivery = Answer<'GET /v1/webhooks/{id}/deliveries'>['items'][number];

const shown = 10;
/** While something is on its way, ms. */
const lookAgainMs = 2_000;

/** What a webhook was told and what it answered, newest first. */
export function Deliveries({ webhook }: { readonly webhook: number }) {
  const { t } = useLanguage();
  const request = { params: { id: webhook }, query: { limit: shown } };
  const deliveries = useRead('GET /v1/webhooks/{id}/deliveries', request, { refetchInterval: lookAgainMs });
  return (
    <Loaded of={deliveries}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t.settings.noDeliveries}
          </Text>
        ) : (
          <Stack gap="xs">
            {items.map((delivery) => (
              <Row key={delivery.id} delivery={delivery} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Row({ delivery }: { readonly delivery: Delivery }) {
  const { t, moment } = useLanguage();
  const again = useOrder('POST /v1/deliveries/{id}/send-again', ['GET /v1/webhooks/{id}/deliveries']);
  const [last] = delivery.attempts.toReversed();
  const answer = last?.status ?? delivery.error;
  return (
    <Group justify="space-between" gap="sm" align="flex-start" wrap="nowrap">
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t.settings.eventNames[delivery.type] ?? delivery.type}
          {delivery.about === null ? '' : ` (${delivery.about})`}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {moment(delivery.created_at)} · {t.settings.deliveryStates[delivery.state]}
          {answer === null ? '' : ` · ${answer}`}
          {delivery.next_attempt_at === null ? '' : ` · ${t.settings.nextTry(moment(delivery.next_attempt_at))}`}
        </Text>
        {again.error !== null && <Failed error={again.error} />}
      </Stack>
      {delivery.state !== 'queued' && (
        <Button
          size="compact-xs"
          variant="default"
          style={{ flexShrink: 0 }}
          loading={again.isPending}
          onClick={() => again.mutate({ params: { id: delivery.id } })}
        >
          {t.settings.again}
        </Button>
      )}
    </Group>
  );
}
