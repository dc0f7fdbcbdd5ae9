import { Button, Card, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useOrder, usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { useContactOf } from '../../parts/contact-of.ts';
import { useMay } from '../../parts/session.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Bubble, type ShownMessage } from './bubble.tsx';
import { Composer } from './composer.tsx';
import { PeerMenu } from './peer-menu.tsx';

const pageRows = 40;
/** What a message takes until it is measured, px. */
const guess = 92;

/** All messages with one at the other end, the newest first below the composer. */
export function Conversation({ peer }: { readonly peer: string }) {
  const { t } = useLanguage();
  const pages = usePages('GET /v1/messages', { peer, limit: pageRows, codes: true }, peer !== '');
  const read = useOrder('POST /v1/conversations/{peer}/read', ['GET /v1/conversations', 'GET /v1/messages']);
  const [maySend, isAdmin] = [useMay('send'), useMay('admin')];
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = items.some((message) => !message.read);
  const { mutate, isPending } = read;
  useEffect(() => {
    if (unread && !isPending && document.visibilityState === 'visible') mutate({ params: { peer } });
  }, [unread, isPending, mutate, peer]);
  const contact = useContactOf(peer);
  const name = items[0]?.contact ?? contact?.name ?? peer;
  return (
    <Card withBorder padding="md">
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap">
          <div style={{ minWidth: 0, flex: 1 }}>
            <Title order={2} size="h4" className="one-line">
              {name}
            </Title>
            {name !== peer && (
              <Text size="sm" c="dimmed" className="one-line">
                {peer}
              </Text>
            )}
          </div>
          {isAdmin && peer !== '' && <PeerMenu peer={peer} />}
        </Group>
        {maySend && /^\+?\d+$/.test(peer) && (
          <>
            <Composer to={peer} />
            <Divider />
          </>
        )}
        <Loaded of={pages} rows={5}>
          {() =>
            items.length === 0 ? (
              <Empty text={t.messages.none} icon="messages" />
            ) : (
              <Rows
                items={items}
                more={pages.hasNextPage}
                busy={pages.isFetchingNextPage}
                onMore={() => void pages.fetchNextPage()}
              />
            )
          }
        </Loaded>
      </Stack>
    </Card>
  );
}

interface RowsProps {
  readonly items: readonly ShownMessage[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** Only what can be seen is in the page, however many there are. */
function Rows({ items, more, busy, onMore }: RowsProps) {
  const { t } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => guess,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 6,
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !busy && last >= items.length - 5) onMore();
  }, [more, busy, last, items.length, onMore]);
  return (
    <div
      ref={frame}
      style={{ maxHeight: '62vh', overflowY: 'auto' }}
      tabIndex={0}
      role="log"
      aria-label={t.messages.title}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const message = items[index];
          return (
            message !== undefined && (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                style={{ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)`, paddingBottom: 10 }}
              >
                <Bubble message={message} />
              </div>
            )
          );
        })}
      </div>
      {more && (
        <Button fullWidth variant="default" loading={busy} onClick={onMore}>
          {t.more}
        </Button>
      )}
    </div>
  );
}
