import { Button, Card, Center, PasswordInput, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Failed } from '../../parts/states.tsx';

/** Asks who one is, with a password or a key. */
export function Login() {
  const { t } = useLanguage();
  const [kind, setKind] = useState<'password' | 'key'>('password');
  const [secret, setSecret] = useState('');
  const [wrong, setWrong] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await call('POST /v1/session', { body: kind === 'password' ? { password: secret } : { key: secret.trim() } });
      await queryClient.resetQueries();
    } catch (error) {
      setWrong(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Center mih="100dvh" p="md" component="main">
      <Card withBorder padding="lg" w="100%" maw={420}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          <Stack>
            <Title order={1} size="h2">
              {t.login.title}
            </Title>
            <Text c="dimmed">{t.login.text}</Text>
            <SegmentedControl
              aria-label={t.login.with}
              value={kind}
              onChange={(value) => setKind(value === 'key' ? 'key' : 'password')}
              data={[
                { value: 'password', label: t.login.password },
                { value: 'key', label: t.login.key },
              ]}
            />
            <PasswordInput
              label={t.login[kind]}
              value={secret}
              required
              autoComplete={kind === 'password' ? 'current-password' : 'off'}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
            {wrong !== null && <Failed error={wrong} />}
            <Button type="submit" loading={busy}>
              {t.login.go}
            </Button>
            <Text size="xs" c="dimmed">
              {t.login.hint}
            </Text>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
