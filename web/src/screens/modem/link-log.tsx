import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useLanguage } from '../../language/language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Loaded } from '../../parts/states.tsx';
import { More } from '../../parts/more.tsx';

const pageRows = 12;
/** On the way up the reason is that of the fall before. */
const troubled: ReadonlySet<string> = new Set(['failed', 'closed']);

/** How the link went: what was wrong, and when it was well again. */
export function LinkLog({ modem }: { readonly modem: string }) {
  const { t, moment } = useLanguage();
  const pages = useInfiniteQuery({
    queryKey: ['GET /v1/modems/{id}/log', modem],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: pageRows, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      return call('GET /v1/modems/{id}/log', { params: { id: modem }, query }, signal);
    },
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t.modem.log}
      </Title>
      <Loaded of={pages} rows={2}>
        {({ pages: all }) => (
          <Stack gap="xs">
            {all
              .flatMap((page) => page.items)
              .map(({ at, state, reason }, index) => (
                <Group key={index} gap="sm" wrap="nowrap" align="flex-start">
                  <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }} miw={96}>
                    {moment(at)}
                  </Text>
                  <div style={{ overflowWrap: 'anywhere' }}>
                    <Text size="sm">{t.modem.states[state] ?? state}</Text>
                    {troubled.has(state) && reason !== null && <Problem {...reason} />}
                  </div>
                </Group>
              ))}
            <More of={pages} />
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}
