import { Badge, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { settingText } from '../../language/setting-text.ts';
import { QuotedWords } from '../../parts/quoted-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';

type Setting = Answer<'GET /v1/settings'>['items'][number];

/** What stands for a secret. */
const hidden = '…';

/** What the gateway was started with: each setting, its value, and who has set it. */
export function GatewaySettings() {
  const { t, code } = useLanguage();
  const [wanted, setWanted] = useState('');
  const settings = useRead('GET /v1/settings', {});
  const part = wanted.trim().toLowerCase();
  const has = (setting: Setting) => {
    const { description } = settingText(code, setting);
    return [setting.name, setting.value ?? '', description].some((words) => words.toLowerCase().includes(part));
  };
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t.settings.gatewayHint}
      </Text>
      <TextInput
        type="search"
        label={t.settings.findSetting}
        value={wanted}
        maw={360}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <Loaded of={settings} rows={6}>
        {({ items }) => {
          const found = items.filter(has);
          if (found.length === 0) return <Empty text={t.messages.noneFound} icon="settings" />;
          return [...Map.groupBy(found, ({ group }) => group)].map(([group, its]) => (
            <Card key={group} withBorder padding="md">
              <Title order={2} size="h5" mb="sm">
                {t.settings.groups[group] ?? group}
              </Title>
              <Stack gap="md">
                {its.map((setting) => (
                  <Row key={setting.name} setting={setting} />
                ))}
              </Stack>
            </Card>
          ));
        }}
      </Loaded>
    </Stack>
  );
}

function Row({ setting }: { readonly setting: Setting }) {
  const { t, code } = useLanguage();
  const { name, value, secret, source, place } = setting;
  const { description, without } = settingText(code, setting);
  const isSet = source !== 'default';
  return (
    <Stack gap={4} component="section" aria-label={name}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600} ff="monospace">
          {name}
        </Text>
        <Badge
          variant={isSet ? 'light' : 'default'}
          tt="none"
          fw={500}
          radius="sm"
          h="auto"
          py={2}
          styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
        >
          {t.settings.source[source](place ?? '')}
        </Badge>
      </Group>
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
        {value === null ? <QuotedWords text={without ?? ''} /> : <ValueWords value={value} secret={secret} />}
      </Text>
      <Text size="xs" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
        <QuotedWords text={description} />
      </Text>
    </Stack>
  );
}

/** A value as it was written; of a secret what may be told of it. */
function ValueWords({ value, secret }: Pick<Setting, 'secret'> & { readonly value: string }) {
  const { t } = useLanguage();
  if (secret && value === hidden) return t.settings.hidden;
  return <span style={{ fontFamily: 'var(--mantine-font-family-monospace)' }}>{value}</span>;
}
