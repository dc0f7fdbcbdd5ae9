import { Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { CodeButton } from '../../parts/code-button.tsx';
import { MessageText } from '../../parts/message-text.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { conversationPath } from '../messages/paths.ts';

const shown = 6;

export function LatestMessages() {
  const { t, moment } = useLanguage();
  const messages = useRead('GET /v1/messages', { query: { direction: 'in', limit: shown, codes: true } });
  return (
    <Loaded of={messages}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t.home.noMessages} icon="messages" />
        ) : (
          <Stack gap="md">
            {items.map((message) => (
              <Stack key={message.id} gap={4}>
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <Link href={conversationPath(message.peer)} className="one-line" style={{ color: 'inherit' }}>
                    <Text component="span" fw={message.read ? 500 : 700} size="sm">
                      {message.contact ?? (message.peer === '' ? t.unknownSender : message.peer)}
                    </Text>
                  </Link>
                  <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                    {moment(message.at)}
                  </Text>
                </Group>
                {message.code !== undefined && message.code !== null && <CodeButton code={message.code} />}
                <Text component="div" size="sm" lineClamp={4}>
                  <MessageText text={message.text ?? t.messages.undecodable} />
                </Text>
              </Stack>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

export function LatestCalls() {
  const { t, moment, plural } = useLanguage();
  const calls = useRead('GET /v1/calls', { query: { limit: shown } });
  return (
    <Loaded of={calls}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t.home.noCalls} icon="calls" />
        ) : (
          <Stack gap="sm">
            {items.map((call) => (
              <Group key={call.id} justify="space-between" wrap="nowrap" gap="sm">
                <Stack gap={0} style={{ minWidth: 0 }}>
                  <Text size="sm" fw={550} className="one-line">
                    {call.withheld ? t.withheld : (call.contact ?? <MessageText text={call.caller} />)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t.calls.rings(call.rings, plural)}
                  </Text>
                </Stack>
                <Stack gap={2} align="flex-end">
                  <Text size="xs" c="dimmed">
                    {moment(call.at)}
                  </Text>
                  <Badge size="sm" variant="default" tt="none">
                    {t.calls.outcomes[call.outcome] ?? call.outcome}
                  </Badge>
                </Stack>
              </Group>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}
