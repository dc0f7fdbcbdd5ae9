import { Card, Stack, Table } from '@mantine/core';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { More } from '../../parts/more.tsx';

/** Who did what, newest first. */
export function Audit() {
  const { t, moment } = useLanguage();
  const pages = usePages('GET /v1/audit', { limit: 30 });
  return (
    <Card withBorder padding="md">
      <Loaded of={pages}>
        {({ pages: all }) => {
          const items = all.flatMap((page) => page.items);
          if (items.length === 0) return <Empty text={t.settings.noAudit} icon="settings" />;
          return (
            <Stack>
              <Table.ScrollContainer minWidth={560}>
                <Table>
                  <Table.Tbody>
                    {items.map((entry) => (
                      <Table.Tr key={entry.id}>
                        <Table.Td style={{ whiteSpace: 'nowrap' }}>{moment(entry.at)}</Table.Td>
                        <Table.Td>{entry.who === '' ? '–' : entry.who}</Table.Td>
                        <Table.Td>{entry.address}</Table.Td>
                        <Table.Td>{entry.action}</Table.Td>
                        <Table.Td>{entry.target}</Table.Td>
                        <Table.Td>{entry.outcome}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <More of={pages} />
            </Stack>
          );
        }}
      </Loaded>
    </Card>
  );
}
