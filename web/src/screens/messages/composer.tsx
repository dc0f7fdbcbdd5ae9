import { Button, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { useOrder } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failed } from '../../parts/states.tsx';
import { Preview } from './preview.tsx';

interface ComposerProps {
  /** Whom it goes to; asked for when it is left out. */
  readonly to?: string;
  readonly onSent?: (to: string) => void;
}

/** Writes a message, and says while one types what it takes. */
export function Composer({ to: known, onSent }: ComposerProps) {
  const { t } = useLanguage();
  const [to, setTo] = useState(known ?? '');
  const [text, setText] = useState('');
  const [later, setLater] = useState(false);
  const [at, setAt] = useState('');
  const [done, setDone] = useState(false);
  const [refused, setRefused] = useState<Error | null>(null);
  const send = useOrder('POST /v1/messages', ['GET /v1/messages', 'GET /v1/conversations']);
  const deliver = async () => {
    setDone(false);
    setRefused(null);
    const whole = { to: to.trim(), text, ...(later && at !== '' ? { send_at: new Date(at).toISOString() } : {}) };
    try {
      const { items } = await send.mutateAsync({ body: whole });
      const [only] = items;
      if (only?.error) throw new ApiError(400, only.error.code, only.error.text);
      setText('');
      setDone(true);
      onSent?.(only?.message?.peer ?? to);
    } catch (error) {
      setRefused(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void deliver();
      }}
    >
      <Stack gap="xs">
        {known === undefined && (
          <TextInput
            label={t.composer.to}
            placeholder={t.composer.toHint}
            value={to}
            type="tel"
            required
            data-autofocus
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={t.composer.text}
          value={text}
          autosize
          minRows={2}
          maxRows={10}
          required
          dir="auto"
          onChange={(event) => {
            setText(event.currentTarget.value);
            setDone(false);
          }}
        />
        {text !== '' && <Preview text={text} onTake={setText} />}
        <Group justify="space-between" align="flex-end">
          <Group gap="md">
            <Switch
              label={t.composer.later}
              checked={later}
              onChange={(event) => setLater(event.currentTarget.checked)}
            />
            {later && (
              <TextInput
                type="datetime-local"
                aria-label={t.composer.at}
                value={at}
                required
                onChange={(event) => setAt(event.currentTarget.value)}
              />
            )}
          </Group>
          <Button type="submit" loading={send.isPending} leftSection={<Icon name="send" size={16} />}>
            {t.composer.send}
          </Button>
        </Group>
        {refused !== null && <Failed error={refused} />}
        {done && (
          <Text size="sm" role="status">
            {t.composer.sent}
          </Text>
        )}
      </Stack>
    </form>
  );
}
