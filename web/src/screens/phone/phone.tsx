import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useLanguage } from '../../language/language.tsx';
import { Faults } from './faults.tsx';
import { Handset } from './handset.tsx';

/** The other side of the air, while the gateway runs on its virtual modem. */
export function Phone() {
  const { t } = useLanguage();
  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        {t.phone.title}
      </Title>
      <Text c="dimmed">{t.phone.text}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Handset />
        <Faults />
      </SimpleGrid>
    </Stack>
  );
}

/** The same beside any screen, where there is room. */
export const PhoneBeside = () => (
  <Stack gap="md">
    <Handset />
    <Faults />
  </Stack>
);
