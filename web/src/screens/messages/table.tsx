import { Badge, Button, Card, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import type { ShownMessage } from './bubble.tsx';
import { conversationPath } from './paths.ts';

const pageRows = 100;
const rowHeight = 64;
const typingMs = 250;
const states = [
  'complete',
  'partial',
  'undecodable',
  'queued',
  'sent',
  'delivered',
  'unknown',
  'failed',
  'expired',
] as const;
type State = (typeof states)[number];
const isState = (value: string | null): value is State => states.some((one) => one === value);

/** Every message, newest first, as lines; only those that can be seen are in the page. */
export function MessageTable() {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [sought] = useDebouncedValue(text.trim(), typingMs);
  const [state, setState] = useState<State | null>(null);
  const [unread, setUnread] = useState(false);
  const pages = usePages('GET /v1/messages', {
    limit: pageRows,
    ...(sought === '' ? {} : { text: sought }),
    ...(state === null ? {} : { state }),
    ...(unread ? { unread } : {}),
  });
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            type="search"
            flex={2}
            miw={180}
            value={text}
            aria-label={t.messages.search}
            placeholder={t.messages.search}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            flex={1}
            miw={150}
            aria-label={t.messages.state}
            placeholder={t.messages.state}
            data={states.map((value) => ({ value, label: t.messages.states[value] ?? value }))}
            value={state}
            clearable
            onChange={(value) => setState(isState(value) ? value : null)}
          />
          <Switch
            label={t.messages.unreadOnly}
            checked={unread}
            onChange={(event) => setUnread(event.currentTarget.checked)}
          />
        </Group>
        <Loaded of={pages} rows={8}>
          {() =>
            items.length === 0 && !pages.hasNextPage ? (
              <Empty text={t.messages.noneFound} icon="messages" />
            ) : (
              <Lines
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

/** No more comes between two looks. */
const mostNew = 200;

/** What comes in above does not move what one reads further down. */
function useStillness(frame: React.RefObject<HTMLDivElement | null>, items: readonly ShownMessage[]): void {
  const first = useRef(items[0]?.id);
  useLayoutEffect(() => {
    const came = items.slice(0, mostNew).findIndex(({ id }) => id === first.current);
    first.current = items[0]?.id;
    const box = frame.current;
    if (box !== null && came > 0 && box.scrollTop > rowHeight) box.scrollTop += came * rowHeight;
  }, [frame, items]);
}

interface LinesProps {
  readonly items: readonly ShownMessage[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}

function Lines({ items, more, busy, onMore }: LinesProps) {
  const { t, moment } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 12,
  });
  useStillness(frame, items);
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !busy && last >= items.length - 30) onMore();
  }, [more, busy, last, items.length, onMore]);
  return (
    <div
      ref={frame}
      style={{ height: '65vh', overflowY: 'auto' }}
      tabIndex={0}
      role="region"
      aria-label={t.messages.title}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const message = items[index];
          return (
            message !== undefined && (
              <Link
                key={key}
                href={conversationPath(message.peer)}
                className="row-link"
                style={{ position: 'absolute', insetInline: 0, height: rowHeight, transform: `translateY(${start}px)` }}
              >
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <Text size="sm" fw={message.read ? 550 : 700} className="one-line">
                    {message.direction === 'out' ? '→ ' : ''}
                    {message.contact ?? (message.peer === '' ? t.unknownSender : message.peer)}
                  </Text>
                  <Group gap="xs" wrap="nowrap">
                    {(message.direction === 'out' || message.state !== 'complete') && (
                      <Badge variant="default" tt="none" size="sm">
                        {t.messages.states[message.state] ?? message.state}
                      </Badge>
                    )}
                    <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                      {moment(message.at)}
                    </Text>
                  </Group>
                </Group>
                <Text size="sm" c="dimmed" className="one-line" dir="auto">
                  {message.text ?? t.messages.undecodable}
                </Text>
              </Link>
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
