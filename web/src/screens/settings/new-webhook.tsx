import { Button, Card, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useOrder } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Failed } from '../../parts/states.tsx';
import { Shown } from './shown.tsx';

/** Adds a webhook that is told of everything, as JSON, and shows its secret once. */
export function NewWebhook() {
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
