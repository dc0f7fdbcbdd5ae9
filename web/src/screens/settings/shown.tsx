import { Alert, Code, Stack, Text } from '@mantine/core';
import { CopyButton } from '../../parts/copy-button.tsx';

/** A secret that is shown once. */
export const Shown = ({ words, secret }: { readonly words: string; readonly secret: string }) => (
  <Alert color="green" variant="light" role="status">
    <Stack gap="xs" align="flex-start">
      <Text size="sm" c="bright">
        {words}
      </Text>
      <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
      <CopyButton text={secret} />
    </Stack>
  </Alert>
);
