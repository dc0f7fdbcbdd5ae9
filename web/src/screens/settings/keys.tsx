import {
  Alert,
  Badge,
  Button,
  Card,
  Code,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { copyText } from '../../parts/message-text.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';

type Key = Answer<'GET /v1/keys'>['items'][number];
type Scope = Key['scopes'][number];

const scopes = ['read', 'send', 'calls', 'admin'] as const;
const isScope = (value: string): value is Scope => scopes.some((one) => one === value);

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
  const { t, moment, number } = useLanguage();
  const [asking, setAsking] = useState(false);
  const revoke = useOrder('DELETE /v1/keys/{name}', ['GET /v1/keys']);
  const limits = [
    item.daily === null ? null : `${t.settings.keyDaily}: ${number(item.daily)}`,
    item.senders === null ? null : `${t.settings.keySenders}: ${item.senders.join(', ')}`,
    item.expires_at === null ? null : `${t.settings.keyExpires}: ${moment(item.expires_at)}`,
    `${t.settings.keyUsed}: ${item.last_used_at === null ? t.settings.never : moment(item.last_used_at)}`,
  ].filter((words) => words !== null);
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
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
        <Text size="xs" c="dimmed">
          {limits.join(' · ')}
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

function NewKey() {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [may, setMay] = useState<readonly Scope[]>(['read']);
  const [daily, setDaily] = useState<number | ''>('');
  const [senders, setSenders] = useState('');
  const add = useOrder('POST /v1/keys', ['GET /v1/keys']);
  const names = senders
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return (
    <Card withBorder padding="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const limits = {
            ...(daily === '' ? {} : { daily }),
            ...(names.length === 0 ? {} : { senders: names }),
          };
          add.mutate({ body: { name, scopes: may, ...limits } }, { onSuccess: () => setName('') });
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t.settings.keyName}
              value={name}
              required
              flex={2}
              miw={150}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <MultiSelect
              label={t.settings.keyMay}
              data={scopes.map((value) => ({ value, label: t.settings.scopes[value] }))}
              value={[...may]}
              flex={2}
              miw={170}
              onChange={(values) => setMay(values.filter(isScope))}
            />
            <NumberInput
              label={t.settings.keyDaily}
              value={daily}
              min={0}
              max={1_000_000}
              flex={1}
              miw={110}
              onChange={(value) => setDaily(value === '' ? '' : Number(value))}
            />
            <TextInput
              label={t.settings.keySenders}
              value={senders}
              flex={2}
              miw={150}
              onChange={(event) => setSenders(event.currentTarget.value)}
            />
          </Group>
          <Group>
            <Button type="submit" loading={add.isPending}>
              {t.settings.addKey}
            </Button>
          </Group>
          {add.error !== null && <Failed error={add.error} />}
          {add.data !== undefined && <Shown words={t.settings.keyIs} secret={add.data.key} />}
        </Stack>
      </form>
    </Card>
  );
}

/** A secret that is shown once. */
export function Shown({ words, secret }: { readonly words: string; readonly secret: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <Alert color="green" variant="light" role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" c="bright">
          {words}
        </Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <Button size="xs" variant="default" onClick={() => void copyText(secret).then(() => setCopied(true))}>
          {copied ? t.copied : t.copy}
        </Button>
      </Stack>
    </Alert>
  );
}
