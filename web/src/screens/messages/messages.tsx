import { ActionIcon, Button, Card, Grid, Group, Modal, SegmentedControl, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useLanguage } from '../../language/language.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useMay } from '../../parts/session.tsx';
import { Empty } from '../../parts/states.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { Conversations } from './conversations.tsx';
import { Found } from './found.tsx';
import { conversationPath, peerOf } from './paths.ts';
import { MessageTable } from './table.tsx';

const typingMs = 250;

/** Conversations on the left, the one that was chosen on the right; one of the two where there is no room for both. */
export function Messages() {
  const { t } = useLanguage();
  const params = useParams<{ peer?: string }>();
  const peer = peerOf(params.peer);
  const wide = useMediaQuery('(min-width: 62em)', true);
  const [search, setSearch] = useState('');
  const [sought] = useDebouncedValue(search.trim(), typingMs);
  const [writing, setWriting] = useState(false);
  const [, go] = useLocation();
  const maySend = useMay('send');
  const [asTable, setAsTable] = useState(false);
  const list = (
    <Card withBorder padding="xs" h="100%">
      <Stack gap="xs">
        <TextInput
          type="search"
          value={search}
          placeholder={t.messages.search}
          aria-label={t.messages.search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {sought === '' ? <Conversations chosen={peer} /> : <Found text={sought} />}
      </Stack>
    </Card>
  );
  const chosen =
    peer === null ? (
      <Card withBorder padding="md">
        <Empty text={t.messages.choose} icon="messages" />
      </Card>
    ) : (
      <Conversation key={peer} peer={peer} />
    );
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
          {!wide && peer !== null && (
            <ActionIcon component={Link} href="/messages" variant="default" size="lg" aria-label={t.messages.back}>
              <Icon name="back" />
            </ActionIcon>
          )}
          <Title order={1} size="h2">
            {t.messages.title}
          </Title>
        </Group>
        {maySend && !wide && peer !== null && (
          <ActionIcon size="lg" aria-label={t.messages.writeNew} onClick={() => setWriting(true)}>
            <Icon name="plus" />
          </ActionIcon>
        )}
        {maySend && (wide || peer === null) && (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setWriting(true)}>
            {t.messages.writeNew}
          </Button>
        )}
      </Group>
      {peer === null && (
        <SegmentedControl
          aria-label={t.messages.view}
          value={asTable ? 'table' : 'conversations'}
          onChange={(value) => setAsTable(value === 'table')}
          data={[
            { value: 'conversations', label: t.messages.asConversations },
            { value: 'table', label: t.messages.asTable },
          ]}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      {asTable && peer === null ? (
        <MessageTable />
      ) : wide ? (
        <Grid gap="md">
          <Grid.Col span={4}>{list}</Grid.Col>
          <Grid.Col span={8}>{chosen}</Grid.Col>
        </Grid>
      ) : peer === null ? (
        list
      ) : (
        chosen
      )}
      <Modal
        opened={writing}
        onClose={() => setWriting(false)}
        title={t.messages.writeNew}
        closeButtonProps={{ 'aria-label': t.close }}
      >
        <Composer
          onSent={(to) => {
            setWriting(false);
            go(conversationPath(to));
          }}
        />
      </Modal>
    </Stack>
  );
}
