import { ActionIcon, Badge, Group, Menu, Modal } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { ContactForm } from '../../parts/contact-form.tsx';
import { useContactOf } from '../../parts/contact-of.ts';
import { Icon } from '../../parts/icon.tsx';
import { entryFor, isExact, type ListName, useSenderList } from '../../parts/sender-list.ts';
import { Failed } from '../../parts/states.tsx';

/** For administrators: the name of who is at the other end, and whether they are let through. */
export function PeerMenu({ peer }: { readonly peer: string }) {
  const { t } = useLanguage();
  const [naming, setNaming] = useState(false);
  const contact = useContactOf(peer);
  const [deny, allow] = [useSenderList('deny'), useSenderList('allow')];
  const denied = entryFor(deny.read.data?.entries ?? [], peer);
  const allowed = entryFor(allow.read.data?.entries ?? [], peer);
  const isDenied = denied !== null && deny.read.data?.active === true;
  const isAllowListHeeded = allow.read.data?.active === true;
  const error = deny.error ?? allow.error;
  const change = (list: ListName, { put, take }: typeof deny, entry: typeof denied) =>
    entry !== null && isExact(entry, peer)
      ? take.mutate({ params: { list, id: entry.id } })
      : put.mutate({ params: { list }, body: { pattern: peer } });
  const canBlock = denied === null || isExact(denied, peer);
  const canAllow = isAllowListHeeded && (allowed === null || isExact(allowed, peer));
  return (
    <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
      {(isDenied || (isAllowListHeeded && allowed === null)) && (
        <Badge
          variant="default"
          tt="none"
          style={{ flexShrink: 0 }}
          {...(isDenied ? { title: t.contacts.blockedBy(denied.pattern) } : {})}
        >
          {t.calls.blocked}
        </Badge>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t.contacts.menu} disabled={contact === undefined}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setNaming(true)}>{contact ? t.contacts.rename : t.contacts.give}</Menu.Item>
          {canBlock && (
            <Menu.Item onClick={() => change('deny', deny, denied)}>
              {denied === null ? t.contacts.block : t.contacts.unblock}
            </Menu.Item>
          )}
          {canAllow && (
            <Menu.Item onClick={() => change('allow', allow, allowed)}>
              {allowed === null ? t.contacts.allow : t.contacts.disallow}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {error !== null && (
        <Modal
          opened
          onClose={() => [deny, allow].forEach(({ forget }) => forget())}
          title={t.contacts.menu}
          closeButtonProps={{ 'aria-label': t.close }}
        >
          <Failed error={error} />
        </Modal>
      )}
      {naming && <ContactForm contact={contact ?? null} addresses={[peer]} onClose={() => setNaming(false)} />}
    </Group>
  );
}
