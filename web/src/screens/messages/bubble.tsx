import { ActionIcon, Group, Menu, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { CodeButton } from '../../parts/code-button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Icon } from '../../parts/icon.tsx';
import { MessageText } from '../../parts/message-text.tsx';
import { useMay } from '../../parts/session.tsx';
import { Failed } from '../../parts/states.tsx';
import { Details } from './details.tsx';

export type ShownMessage = Answer<'GET /v1/messages'>['items'][number];

const lists = ['GET /v1/messages', 'GET /v1/conversations'] as const;
const mayComeAgain: ReadonlySet<string> = new Set(['unknown', 'failed', 'expired', 'undelivered', 'canceled']);

/** One message, with what became of it and what can be done. */
export function Bubble({ message }: { readonly message: ShownMessage }) {
  const { t, moment, plural } = useLanguage();
  const mine = message.direction === 'out';
  const removed = message.text_removed_at !== null;
  const [asking, setAsking] = useState<'delete' | 'resend' | 'details' | null>(null);
  const params = { params: { id: message.id } };
  const remove = useOrder('DELETE /v1/messages/{id}', lists);
  const resend = useOrder('POST /v1/messages/{id}/resend', lists);
  const cancel = useOrder('POST /v1/messages/{id}/cancel', lists);
  const wrong = remove.error ?? resend.error ?? cancel.error;
  const [maySend, mayDelete] = [useMay('send'), useMay('admin')];
  const text = removed ? t.messages.removed : (message.text ?? t.messages.undecodable);
  return (
    <Stack gap={4} className="bubble" {...(mine ? { 'data-mine': true } : {})}>
      {message.code !== undefined && message.code !== null && <CodeButton code={message.code} />}
      <Text component="div" size="sm" {...(removed || message.text === null ? { c: 'dimmed', fs: 'italic' } : {})}>
        <MessageText text={text} />
      </Text>
      {message.incomplete && (
        <Text size="xs" c="dimmed">
          {t.messages.incomplete}
        </Text>
      )}
      {message.duplicate_of !== null && (
        <Text size="xs" c="dimmed">
          {t.messages.repeated}
        </Text>
      )}
      {message.error !== null && <Text size="xs">{message.error.text}</Text>}
      {wrong !== null && <Failed error={wrong} />}
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {moment(message.at)}
          {message.parts > 1 ? ` · ${t.messages.parts(message.parts, plural)}` : ''}
          {mine ? ` · ${t.messages.states[message.state] ?? message.state}` : ''}
          {message.state === 'queued' && message.send_at !== null ? ` · ${moment(message.send_at)}` : ''}
        </Text>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t.messages.details}>
              <Icon name="more" size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsking('details')}>{t.messages.details}</Menu.Item>
            {mine && maySend && mayComeAgain.has(message.state) && (
              <Menu.Item onClick={() => setAsking('resend')}>{t.messages.resend}</Menu.Item>
            )}
            {mine && maySend && message.state === 'queued' && (
              <Menu.Item onClick={() => cancel.mutate(params)}>{t.messages.cancelSend}</Menu.Item>
            )}
            {mayDelete && <Menu.Item onClick={() => setAsking('delete')}>{t.remove}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Confirm
        open={asking === 'delete'}
        title={t.remove}
        text={t.messages.deleteSure}
        go={t.remove}
        danger
        onGo={() => remove.mutate(params)}
        onClose={() => setAsking(null)}
      />
      <Confirm
        open={asking === 'resend'}
        title={t.messages.resend}
        text={message.state === 'unknown' ? t.messages.resendSure : text}
        go={t.messages.resend}
        onGo={() => resend.mutate(params)}
        onClose={() => setAsking(null)}
      />
      {asking === 'details' && <Details id={message.id} onClose={() => setAsking(null)} />}
    </Stack>
  );
}
