import { Alert, Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import { ApiError } from '../api/client.ts';
import { useLanguage } from '../language/language.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Problem } from './problem.tsx';

/** What went wrong, in the gateway's own sentence. */
export function Failed({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const { t } = useLanguage();
  const { code, text } =
    error instanceof ApiError && error.status !== 0
      ? { code: error.code, text: error.message }
      : { code: '', text: error instanceof ApiError ? t.unreachable : error.message };
  return (
    <Alert color="red" variant="light" title={t.failed} icon={<Icon name="warning" />} role="alert">
      <Stack gap="xs" align="flex-start">
        <div>
          <Problem code={code} text={text} />
        </div>
        {again !== undefined && (
          <Button size="xs" variant="default" onClick={again}>
            {t.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export const Empty = ({ text, icon }: { readonly text: string; readonly icon: IconName }) => (
  <Center p="xl">
    <Stack align="center" gap="xs" c="dimmed">
      <Icon name={icon} size={32} />
      <Text ta="center" size="sm">
        {text}
      </Text>
    </Stack>
  </Center>
);

export function Loading({ rows = 3 }: { readonly rows?: number }) {
  const { t } = useLanguage();
  return (
    <Stack gap="sm" p="sm" role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={44} />
      ))}
    </Stack>
  );
}

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** What was asked for, or that it is on its way, or why it is not there. What was there before stays when a new look fails. */
export function Loaded<Data>({
  of: { data, error, refetch },
  rows,
  children,
}: {
  readonly of: Asked<Data>;
  readonly rows?: number;
  readonly children: (data: Data) => React.ReactNode;
}) {
  if (data !== undefined) return children(data);
  if (error !== null) return <Failed error={error} again={() => void refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
