import { Button, Checkbox, Group, Modal, MultiSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer, Api } from '../../api/client.ts';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { listOf } from '../../parts/list-of.ts';
import { Failed } from '../../parts/states.tsx';
import { type Options, TemplateOptions } from './template-options.tsx';

type Webhook = Answer<'GET /v1/webhooks'>['items'][number];
type Change = Api['PATCH /v1/webhooks/{id}']['body'];

interface FormProps {
  readonly webhook: Webhook;
  /** Called with a new secret, which is told once. */
  readonly onSecret: (secret: string) => void;
  readonly onClose: () => void;
}

/** What is secret comes as this sign, or ends with it. */
const hidden = '…';

/** Changes a webhook. What is secret is not shown, and stays when nothing is written. */
export function WebhookForm({ webhook, onSecret, onClose }: FormProps) {
  const { t } = useLanguage();
  const { filters } = webhook;
  const isUrlHidden = webhook.url.endsWith(hidden);
  const [name, setName] = useState(webhook.name);
  const [url, setUrl] = useState(isUrlHidden ? '' : webhook.url);
  const [options, setOptions] = useState<Options>({});
  const [events, setEvents] = useState<readonly string[]>(filters.events);
  const [senders, setSenders] = useState(filters.senders.join(', '));
  const [text, setText] = useState(filters.text ?? '');
  const [modems, setModems] = useState(filters.modems.join(', '));
  const [isEnabled, setEnabled] = useState(webhook.enabled);
  const [isInsecure, setInsecure] = useState(webhook.allow_insecure);
  const [wantsSecret, setWantsSecret] = useState(false);
  const change = useOrder('PATCH /v1/webhooks/{id}', ['GET /v1/webhooks', 'GET /v1/webhooks/{id}/deliveries']);
  const templates = useRead('GET /v1/webhook-templates', {});
  const template = templates.data?.items.find((one) => one.name === webhook.template);
  const known = new Set([...Object.keys(t.settings.eventNames), ...filters.events]);
  const save = () => {
    const written = Object.entries(options).flatMap(([option, value]) =>
      value === '' && webhook.options[option] === hidden ? [] : [[option, value === '' ? null : value] as const],
    );
    const body: Change = {
      name,
      enabled: isEnabled,
      allow_insecure: isInsecure,
      filters: { events, senders: listOf(senders), text: text === '' ? null : text, modems: listOf(modems) },
      ...(url === '' || url === webhook.url ? {} : { url }),
      ...(written.length === 0 ? {} : { options: Object.fromEntries(written) }),
      ...(wantsSecret ? { rotate_secret: true } : {}),
    };
    const onSuccess = ({ secret }: Webhook) => {
      if (wantsSecret) onSecret(secret);
      onClose();
    };
    change.mutate({ params: { id: webhook.id }, body }, { onSuccess });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.settings.changeOf(webhook.name)}
      size="lg"
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          <TextInput
            label={t.settings.keyName}
            value={name}
            required
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t.settings.webhookUrl}
            value={url}
            required={!isUrlHidden}
            {...(isUrlHidden ? { placeholder: webhook.url, description: t.settings.stays } : {})}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          {template !== undefined && (
            <TemplateOptions template={template} options={options} onChange={setOptions} kept={webhook.options} />
          )}
          <MultiSelect
            label={t.settings.events}
            placeholder={events.length === 0 ? t.settings.allEvents : ''}
            data={[...known].map((value) => ({ value, label: t.settings.eventNames[value] ?? value }))}
            value={[...events]}
            onChange={setEvents}
          />
          <TextInput
            label={t.settings.webhookSenders}
            description={t.settings.commas}
            value={senders}
            onChange={(event) => setSenders(event.currentTarget.value)}
          />
          <TextInput
            label={t.settings.webhookText}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <TextInput
            label={t.settings.webhookModems}
            description={t.settings.commas}
            value={modems}
            onChange={(event) => setModems(event.currentTarget.value)}
          />
          <Switch
            label={t.settings.enabled}
            checked={isEnabled}
            onChange={(event) => setEnabled(event.currentTarget.checked)}
          />
          <Checkbox
            label={t.settings.insecure}
            description={t.settings.insecureHint}
            checked={isInsecure}
            onChange={(event) => setInsecure(event.currentTarget.checked)}
          />
          <Checkbox
            label={t.settings.newSecret}
            checked={wantsSecret}
            onChange={(event) => setWantsSecret(event.currentTarget.checked)}
          />
          {change.error !== null && <Failed error={change.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.cancel}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
