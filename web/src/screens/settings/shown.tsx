import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { copyText } from '../../parts/message-text.tsx';

/** A secret that is shown once. */
export function Shown({ words, secret }: { readonly words: string; readonly secret: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <Alert color="green" variant="light" role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" c="bright">
          {words}
        </Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <Button size="xs" variant="default" onClick={() => void copyText(secret).then(() => setCopied(true))}>
          {copied ? t.copied : t.copy}
        </Button>
      </Stack>
    </Alert>
  );
}
