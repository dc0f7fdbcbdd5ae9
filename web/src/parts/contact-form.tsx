import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../api/client.ts';
import { useOrder } from '../api/queries.ts';
import { useLanguage } from '../language/language.tsx';
import { Failed } from './states.tsx';

export type Contact = Answer<'GET /v1/contacts'>['items'][number];

/** What shows the name of a contact. */
export const namedThere = ['GET /v1/contacts', 'GET /v1/messages', 'GET /v1/conversations', 'GET /v1/calls'] as const;

interface FormProps {
  /** Null for a new one. */
  readonly contact: Contact | null;
  /** Numbers and senders that a new one begins with. */
  readonly addresses?: readonly string[];
  readonly onClose: () => void;
}

/** Asks for the name of somebody, and the numbers and names that they write from. */
export function ContactForm({ contact, addresses = [], onClose }: FormProps) {
  const { t } = useLanguage();
  const [name, setName] = useState(contact?.name ?? '');
  const [lines, setLines] = useState((contact?.addresses ?? addresses).join('\n'));
  const add = useOrder('POST /v1/contacts', namedThere);
  const change = useOrder('PUT /v1/contacts/{id}', namedThere);
  const error = add.error ?? change.error;
  const save = () => {
    const body = { name, addresses: lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])) };
    if (contact === null) add.mutate({ body }, { onSuccess: onClose });
    else change.mutate({ params: { id: contact.id }, body }, { onSuccess: onClose });
  };
  const title = contact === null ? t.contacts.add : t.contacts.rename;
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': t.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          <TextInput
            label={t.contacts.name}
            value={name}
            maxLength={100}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t.contacts.addresses}
            description={t.contacts.addressesHint}
            value={lines}
            autosize
            minRows={2}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
          {error !== null && <Failed error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.cancel}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
