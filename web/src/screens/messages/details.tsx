import { Code, Modal, Stack, Table, Text } from '@mantine/core';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Loaded } from '../../parts/states.tsx';

/** The parts of a message and its way through the gateway. */
export function Details({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t, moment } = useLanguage();
  const details = useRead('GET /v1/messages/{id}', { params: { id } });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t.messages.details} · ${id}`}
      size="lg"
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <Loaded of={details}>
        {({ steps, part_list: parts }) => (
          <Stack gap="md">
            <Text fw={650} size="sm">
              {t.messages.way}
            </Text>
            <Table>
              <Table.Tbody>
                {steps.map((step, index) => (
                  <Table.Tr key={index}>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>{moment(step.at)}</Table.Td>
                    <Table.Td>{step.role}</Table.Td>
                    <Table.Td>{step.what}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {parts.some(({ pdu }) => pdu !== null && pdu !== '') && (
              <>
                <Text fw={650} size="sm">
                  {t.messages.pdu}
                </Text>
                {parts.map(({ seq, pdu }, index) => (
                  <Code key={index} block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                    {`${seq}: ${pdu ?? ''}`}
                  </Code>
                ))}
              </>
            )}
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}
