import { Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { More } from '../../parts/more.tsx';
import { conversationPath } from './paths.ts';

/** Messages with a text in them, whoever wrote them. */
export function Found({ text }: { readonly text: string }) {
  const { t, moment } = useLanguage();
  const pages = usePages('GET /v1/messages', { text, limit: 30 });
  return (
    <Loaded of={pages} rows={6}>
      {({ pages: all }) => {
        const items = all.flatMap((page) => page.items);
        return (
          <Stack gap={2}>
            {items.length === 0 && !pages.hasNextPage && <Empty text={t.messages.noneFound} icon="messages" />}
            {items.map((message) => (
              <Link key={message.id} href={conversationPath(message.peer)} className="row-link">
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Text size="sm" fw={550} className="one-line">
                    {message.contact ?? message.peer}
                  </Text>
                  <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                    {moment(message.at)}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed" lineClamp={2} dir="auto">
                  {message.text}
                </Text>
              </Link>
            ))}
            <More of={pages} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
