import { Text } from '@mantine/core';
import { useLanguage } from '../language/language.tsx';

/** What is wrong, in the language of the page, and what the gateway says of it itself: it knows the particulars. */
export function Problem({ code, text }: { readonly code: string; readonly text: string | null }) {
  const own = useLanguage().problems[code];
  return (
    <>
      <Text size="sm" c="bright">
        {own ?? text ?? code}
      </Text>
      {own !== undefined && text !== null && (
        <Text size="xs" c="dimmed" lang="en" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      )}
    </>
  );
}
