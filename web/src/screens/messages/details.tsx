import { Code, Modal, Stack, Table, Text } from '@mantine/core';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { useMay } from '../../parts/session.tsx';
import { Loaded } from '../../parts/states.tsx';

/** The parts of a message and its way through the gateway. */
export function Details({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t, moment } = useLanguage();
  const isAdmin = useMay('admin');
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
        {({ steps }) => (
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
            {isAdmin && <Pdus id={id} />}
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

/** What went over the air, field by field; of a broken PDU as much as can be read, and what is wrong with it. */
function Pdus({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const pdus = useRead('GET /v1/messages/{id}/pdus', { params: { id } });
  return (
    <Loaded of={pdus} rows={1}>
      {({ items }) => (
        <Stack gap="sm">
          {items.map(({ seq, pdu, rows, error }, index) => (
            <Stack key={index} gap="xs">
              <Text fw={650} size="sm">
                {t.messages.pdu} {seq}
              </Text>
              <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {pdu}
              </Code>
              <Table.ScrollContainer minWidth={480}>
                <Table>
                  <Table.Tbody>
                    {rows.map((row, place) => (
                      <Table.Tr key={place}>
                        <Table.Td>{row.offset}</Table.Td>
                        <Table.Td>{row.path}</Table.Td>
                        <Table.Td>{row.name}</Table.Td>
                        <Table.Td style={{ overflowWrap: 'anywhere' }} dir="auto">
                          {row.value}
                          {row.note !== null && (
                            <Text size="xs" c="dimmed">
                              {row.note}
                            </Text>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              {error !== null && (
                <Text size="sm" role="alert">
                  {error.offset}: {error.path}: {error.text}
                </Text>
              )}
            </Stack>
          ))}
        </Stack>
      )}
    </Loaded>
  );
}
