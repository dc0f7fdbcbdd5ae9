import { Badge, Button, Card, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder, useRead } from '../../api/queries.ts';
import { type Language, useLanguage } from '../../language/language.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { NewKey } from './new-key.tsx';

type Key = Answer<'GET /v1/keys'>['items'][number];

/** Access keys: made, limited, revoked. */
export function Keys() {
  const { t } = useLanguage();
  const keys = useRead('GET /v1/keys', {});
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t.settings.keysHint}
      </Text>
      <NewKey />
      <Card withBorder padding="md">
        <Loaded of={keys}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty text={t.settings.noKeys} icon="settings" />
            ) : (
              <Stack gap="md">
                {items.map((key) => (
                  <Row key={key.name} item={key} />
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Card>
    </Stack>
  );
}

function Row({ item }: { readonly item: Key }) {
  const { t, moment, plural } = useLanguage();
  const [asking, setAsking] = useState(false);
  const revoke = useOrder('DELETE /v1/keys/{name}', ['GET /v1/keys']);
  const facts = [
    item.expires_at === null ? null : `${t.settings.keyExpires}: ${moment(item.expires_at)}`,
    `${t.settings.keyUsed}: ${item.last_used_at === null ? t.settings.never : moment(item.last_used_at)}`,
  ].filter((words) => words !== null);
  return (
    <Group justify="space-between" align="flex-start" gap="sm" component="section" aria-label={item.name}>
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600}>{item.name}</Text>
          <Code>{item.hint}</Code>
          {item.scopes.map((scope) => (
            <Badge key={scope} variant="default" tt="none">
              {t.settings.scopes[scope]}
            </Badge>
          ))}
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {limitsOf(item, { t, plural }).join('; ') || t.settings.noLimits}
        </Text>
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
        </Text>
        {revoke.error !== null && <Failed error={revoke.error} />}
      </Stack>
      {item.revoked_at === null ? (
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t.settings.revoke}
        </Button>
      ) : (
        <Badge color="gray" variant="default" tt="none">
          {t.settings.revoked}
        </Badge>
      )}
      <Confirm
        open={asking}
        title={t.settings.revoke}
        text={t.settings.revokeSure(item.name)}
        go={t.settings.revoke}
        danger
        onGo={() => revoke.mutate({ params: { name: item.name } })}
        onClose={() => setAsking(false)}
      />
    </Group>
  );
}

/** What a key may not do, beside what its scopes leave out. */
function limitsOf(
  { senders, recipients, modems, daily, sent_today: sent }: Key,
  { t, plural }: Pick<Language, 't' | 'plural'>,
): readonly string[] {
  const words = t.settings.limits;
  return [
    senders === null ? null : words.senders(senders.join(', ') || '–'),
    recipients === null ? null : words.recipients(recipients.join(', ') || '–'),
    modems === null ? null : words.modems(modems.join(', ') || '–'),
    daily === null ? null : `${words.daily(daily, plural)} (${words.usedToday(sent ?? 0)})`,
  ].filter((said) => said !== null);
}
