import { Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { More } from '../../parts/more.tsx';
import { conversationPath } from './paths.ts';

/** Who wrote or was written to, newest first. */
export function Conversations({ chosen }: { readonly chosen: string | null }) {
  const { t, moment } = useLanguage();
  const pages = usePages('GET /v1/conversations', { limit: 30 });
  return (
    <Loaded of={pages} rows={6}>
      {({ pages: all }) => {
        const items = all.flatMap((page) => page.items);
        if (items.length === 0) return <Empty text={t.messages.none} icon="messages" />;
        return (
          <Stack gap={2} component="nav" aria-label={t.messages.title}>
            {items.map(({ peer, contact, last, unread }) => (
              <Link
                key={peer}
                href={conversationPath(peer)}
                className="row-link"
                {...(peer === chosen ? { 'aria-current': 'true' as const } : {})}
              >
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Text size="sm" fw={unread > 0 ? 700 : 550} className="one-line">
                    {contact ?? (peer === '' ? t.unknownSender : peer)}
                  </Text>
                  <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                    {moment(last.at)}
                  </Text>
                </Group>
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Text size="xs" c="dimmed" className="one-line" dir="auto">
                    {last.direction === 'out' ? `${t.messages.you}: ` : ''}
                    {last.text ?? t.messages.undecodable}
                  </Text>
                  {unread > 0 && (
                    <Badge size="sm" circle={unread < 10} style={{ flexShrink: 0 }}>
                      {unread}
                    </Badge>
                  )}
                </Group>
              </Link>
            ))}
            <More of={pages} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
