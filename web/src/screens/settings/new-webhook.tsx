import { Button, Card, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Failed, Loaded } from '../../parts/states.tsx';
import { Shown } from './shown.tsx';
import { type Options, type Template, TemplateOptions } from './template-options.tsx';

/** Adds a webhook of any kind, which is told of everything, and shows its secret once. */
export function NewWebhook() {
  const templates = useRead('GET /v1/webhook-templates', {});
  return (
    <Card withBorder padding="md">
      <Loaded of={templates} rows={1}>
        {({ items }) => <Form templates={items} />}
      </Loaded>
    </Card>
  );
}

/** The kind that fits every program. */
const usual = 'json';

function Form({ templates }: { readonly templates: readonly Template[] }) {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [kind, setKind] = useState(usual);
  const [url, setUrl] = useState('');
  const [options, setOptions] = useState<Options>({});
  const add = useOrder('POST /v1/webhooks', ['GET /v1/webhooks']);
  const template = templates.find((one) => one.name === kind);
  const clear = () => {
    setName('');
    setUrl('');
    setOptions({});
  };
  const save = () => {
    const written = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''));
    const body = { name, template: kind, options: written, ...(url === '' ? {} : { url }) };
    add.mutate({ body }, { onSuccess: clear });
  };
  const address = template?.url.default ?? null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
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
          <Select
            label={t.settings.webhookKind}
            data={templates.map((one) => one.name)}
            value={kind}
            allowDeselect={false}
            w={130}
            onChange={(value) => {
              setKind(value ?? usual);
              setOptions({});
            }}
          />
          <TextInput
            label={t.settings.webhookUrl}
            value={url}
            placeholder={address ?? 'http://192.168.1.5:8123/hook'}
            required={address === null}
            flex={2}
            miw={220}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        </Group>
        {template !== undefined && <TemplateOptions template={template} options={options} onChange={setOptions} />}
        <Group>
          <Button type="submit" loading={add.isPending}>
            {t.settings.addWebhook}
          </Button>
        </Group>
        {add.error !== null && <Failed error={add.error} />}
        {add.data !== undefined && <Shown words={t.settings.webhookSecret} secret={add.data.secret} />}
      </Stack>
    </form>
  );
}
