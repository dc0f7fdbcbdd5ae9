import { Card, Stack, Table, Text } from '@mantine/core';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Loaded } from '../../parts/states.tsx';

const dayS = 86_400;
const hourS = 3_600;

function inUnits(seconds: number): [value: number, unit: string] {
  if (seconds >= dayS) return [seconds / dayS, 'day'];
  return seconds >= hourS ? [seconds / hourS, 'hour'] : [seconds / 60, 'minute'];
}

/** What is kept for how long. It is set where the gateway is started, and shown here. */
export function Privacy() {
  const { t } = useLanguage();
  const privacy = useRead('GET /v1/privacy', {});
  const written = (seconds: number | null): string => {
    if (seconds === null) return t.settings.forEver;
    const [value, unit] = inUnits(seconds);
    return new Intl.NumberFormat(t.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(value));
  };
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Loaded of={privacy}>
          {({ kept }) => (
            <Table>
              <Table.Tbody>
                {Object.entries(kept).map(([name, seconds]) => (
                  <Table.Tr key={name}>
                    <Table.Td>{t.settings.kept[name] ?? name}</Table.Td>
                    <Table.Td>{written(seconds)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Loaded>
        <Text size="sm" c="dimmed">
          {t.settings.privacyHint}
        </Text>
      </Stack>
    </Card>
  );
}
