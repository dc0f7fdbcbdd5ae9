import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useOrder, usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { type Contact, ContactForm, namedThere } from '../../parts/contact-form.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { More } from '../../parts/more.tsx';
import { SenderListCard } from './sender-list-card.tsx';

/** Names for numbers, and who is let through. */
export function Contacts() {
  const { t } = useLanguage();
  const [search, setSearch] = useState('');
  const [adding, setAdding] = useState(false);
  const pages = usePages('GET /v1/contacts', { limit: 50, ...(search.trim() === '' ? {} : { search: search.trim() }) });
  return (
    <Stack gap="md">
      <Card withBorder padding="md">
        <Stack gap="md">
          <Group align="flex-end" justify="space-between" gap="sm">
            <TextInput
              type="search"
              label={t.contacts.search}
              value={search}
              maxLength={100}
              flex={1}
              miw={160}
              maw={360}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Button onClick={() => setAdding(true)}>{t.contacts.add}</Button>
          </Group>
          <Loaded of={pages}>
            {({ pages: all }) => {
              const items = all.flatMap((page) => page.items);
              if (items.length === 0)
                return <Empty text={search === '' ? t.contacts.none : t.messages.noneFound} icon="messages" />;
              return (
                <Stack gap="sm">
                  {items.map((contact) => (
                    <Row key={contact.id} contact={contact} />
                  ))}
                  <More of={pages} />
                </Stack>
              );
            }}
          </Loaded>
        </Stack>
      </Card>
      <Title order={2} size="h5" mt="sm">
        {t.contacts.listsTitle}
      </Title>
      <SenderListCard list="deny" title={t.contacts.denied} hint={t.contacts.deniedHint} />
      <SenderListCard list="allow" title={t.contacts.allowed} hint={t.contacts.allowedHint} />
      {adding && <ContactForm contact={null} onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function Row({ contact }: { readonly contact: Contact }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const remove = useOrder('DELETE /v1/contacts/{id}', namedThere);
  const close = () => setOpen(null);
  return (
    <Group justify="space-between" gap="sm" align="flex-start">
      <Stack gap={2} flex={1} miw={160}>
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {contact.name}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {contact.addresses.join(', ')}
        </Text>
        {remove.error !== null && <Failed error={remove.error} />}
      </Stack>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          aria-label={t.contacts.change(contact.name)}
          onClick={() => setOpen('change')}
        >
          {t.settings.edit}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t.contacts.removeOne(contact.name)}
          onClick={() => setOpen('remove')}
        >
          {t.remove}
        </Button>
      </Group>
      {open === 'change' && <ContactForm contact={contact} onClose={close} />}
      <Confirm
        open={open === 'remove'}
        title={t.remove}
        text={t.contacts.removeSure(contact.name)}
        go={t.remove}
        danger
        onGo={() => remove.mutate({ params: { id: contact.id } })}
        onClose={close}
      />
    </Group>
  );
}
