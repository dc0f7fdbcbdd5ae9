import { Button, Card, Group, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { type ListName, useSenderList } from '../../parts/sender-list.ts';
import { Failed, Loaded } from '../../parts/states.tsx';

interface CardProps {
  readonly list: ListName;
  readonly title: string;
  readonly hint: string;
}

/** Who is denied, or who alone is allowed: whether that is heeded, who is on it, and who is put on it. */
export function SenderListCard({ list, title, hint }: CardProps) {
  const { t } = useLanguage();
  const [pattern, setPattern] = useState('');
  const [note, setNote] = useState('');
  const { read, put, take, heed, error } = useSenderList(list);
  const add = () => {
    const body = { pattern, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    const clear = () => {
      setPattern('');
      setNote('');
    };
    put.mutate({ params: { list }, body }, { onSuccess: clear });
  };
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Loaded of={read} rows={1}>
        {({ active, entries }) => (
          <Stack gap="sm">
            <Group justify="space-between" gap="xs">
              <Title order={3} size="h6">
                {title}
              </Title>
              {/* A list of nobody would block everybody. */}
              {(list === 'deny' || active || entries.length > 0) && (
                <Switch
                  label={t.contacts.heeded}
                  checked={active}
                  disabled={heed.isPending}
                  onChange={(event) => heed.mutate({ params: { list }, body: { active: event.currentTarget.checked } })}
                />
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
            {entries.length === 0 && <Text size="sm">{t.contacts.nobody}</Text>}
            {entries.map((entry) => (
              <Group key={entry.id} justify="space-between" gap="sm" wrap="nowrap">
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {entry.pattern}
                  {entry.note === null || entry.note === '' ? '' : ` · ${entry.note}`}
                </Text>
                <Button
                  size="xs"
                  variant="default"
                  style={{ flexShrink: 0 }}
                  aria-label={t.contacts.takeOffOne(entry.pattern)}
                  onClick={() => take.mutate({ params: { list, id: entry.id } })}
                >
                  {t.contacts.takeOff}
                </Button>
              </Group>
            ))}
            <form
              onSubmit={(event) => {
                event.preventDefault();
                add();
              }}
            >
              <Group gap="sm" align="flex-end">
                <TextInput
                  label={t.contacts.pattern}
                  placeholder={t.contacts.patternHint}
                  value={pattern}
                  required
                  maxLength={100}
                  flex={1}
                  miw={150}
                  onChange={(event) => setPattern(event.currentTarget.value)}
                />
                <TextInput
                  label={t.contacts.note}
                  value={note}
                  maxLength={200}
                  flex={1}
                  miw={150}
                  onChange={(event) => setNote(event.currentTarget.value)}
                />
                <Button type="submit" variant="default" loading={put.isPending}>
                  {t.contacts.putOn}
                </Button>
              </Group>
            </form>
            {error !== null && <Failed error={error} />}
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}
