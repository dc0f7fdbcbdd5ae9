import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useLanguage } from '../../language/language.tsx';

const typingMs = 120;

/** How many SMS a text is, what makes it dear, and how it would be cheaper: as the gateway itself counts. */
export function Preview({ text, onTake }: { readonly text: string; readonly onTake: (text: string) => void }) {
  const { t, plural } = useLanguage();
  const [asked] = useDebouncedValue(text, typingMs);
  const { data } = useQuery({
    queryKey: ['preview', asked],
    queryFn: ({ signal }) => call('POST /v1/messages/preview', { body: { text: asked } }, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  if (data === undefined) return null;
  const { segments, units, room, alphabet, costly_characters: costly, transliterated } = data;
  return (
    <Stack gap={4} aria-live="polite">
      <Text size="xs" c="dimmed">
        <strong>{t.composer.segments(segments.length, plural)}</strong>
        {' · '}
        {t.composer.count(units, room, alphabet === 'gsm7' ? 'GSM' : 'Unicode')}
      </Text>
      {costly.length > 0 && transliterated !== null && (
        <Group gap="xs">
          <Text size="xs">{t.composer.costly([...new Set(costly)].slice(0, 12).join(' '))}</Text>
          <Text size="xs">{t.composer.cheaper(transliterated.segments.length)}</Text>
          <Button size="compact-xs" variant="default" onClick={() => onTake(transliterated.text)}>
            {t.composer.take}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
