import { Button, Card, Group, MultiSelect, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { listOf } from '../../parts/list-of.ts';
import { Failed } from '../../parts/states.tsx';
import { Shown } from './shown.tsx';

type Scope = Answer<'GET /v1/keys'>['items'][number]['scopes'][number];

const scopes = ['read', 'send', 'calls', 'admin'] as const;
const isScope = (value: string): value is Scope => scopes.some((one) => one === value);

/** A limit of a new key: what commas separate, nothing for none. */
function given(name: 'senders' | 'recipients' | 'modems', words: string): Readonly<Record<string, readonly string[]>> {
  const names = listOf(words);
  return names.length === 0 ? {} : { [name]: names };
}

/** Makes a key, and shows it once. */
export function NewKey() {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [may, setMay] = useState<readonly Scope[]>(['read']);
  const [daily, setDaily] = useState<number | ''>('');
  const [senders, setSenders] = useState('');
  const [recipients, setRecipients] = useState('');
  const [modems, setModems] = useState('');
  const add = useOrder('POST /v1/keys', ['GET /v1/keys']);
  return (
    <Card withBorder padding="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const limits = {
            ...(daily === '' ? {} : { daily }),
            ...given('senders', senders),
            ...given('recipients', recipients),
            ...given('modems', modems),
          };
          add.mutate({ body: { name, scopes: may, ...limits } }, { onSuccess: () => setName('') });
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <TextInput
              label={t.settings.keyName}
              value={name}
              required
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <MultiSelect
              label={t.settings.keyMay}
              data={scopes.map((value) => ({ value, label: t.settings.scopes[value] }))}
              value={[...may]}
              onChange={(values) => setMay(values.filter(isScope))}
            />
            <NumberInput
              label={t.settings.keyDaily}
              value={daily}
              min={0}
              max={1_000_000}
              onChange={(value) => setDaily(value === '' ? '' : Number(value))}
            />
            <TextInput
              label={t.settings.keySenders}
              value={senders}
              onChange={(event) => setSenders(event.currentTarget.value)}
            />
            <TextInput
              label={t.settings.keyRecipients}
              value={recipients}
              onChange={(event) => setRecipients(event.currentTarget.value)}
            />
            <TextInput
              label={t.settings.keyModems}
              value={modems}
              onChange={(event) => setModems(event.currentTarget.value)}
            />
          </SimpleGrid>
          <Text size="xs" c="dimmed">
            {t.settings.commas}
          </Text>
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
