import { Alert, Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { Answer } from '../api/client.ts';
import { useLanguage } from '../language/language.tsx';
import { Icon } from './icon.tsx';

export type SeenPorts = Answer<'GET /v1/modems/{id}/ports'>;
export type SeenPort = SeenPorts['ports'][number];

/** What stands between a stick and its port, and what to do about it. */
export function Remarks({ remarks }: { readonly remarks: SeenPorts['remarks'] }) {
  const { t } = useLanguage();
  return remarks.map(({ code, name, text }) => (
    <Alert key={code + name} color="orange" variant="light" icon={<Icon name="warning" />} py="xs">
      <Text size="sm" c="bright">
        {t.ports.remarks[code]?.(name) ?? text}
      </Text>
    </Alert>
  ));
}

/** The serial ports, each with the reason why it is asked or left alone. */
export function PortList({ ports }: { readonly ports: readonly SeenPort[] }) {
  const { t } = useLanguage();
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {ports.map(({ path, usb, name, reason, in_use, answers, text }) => (
        <li key={path}>
          <Group gap="xs">
            <Code>{path}</Code>
            {in_use && (
              <Badge tt="none" variant="default">
                {t.ports.inUse}
              </Badge>
            )}
            {answers !== null && (
              <Badge tt="none" variant="default">
                {answers ? t.ports.answers : t.ports.silent}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t.ports.reasons[reason]?.([name, usb].filter(Boolean).join(', ')) ?? text}
          </Text>
        </li>
      ))}
    </Stack>
  );
}
