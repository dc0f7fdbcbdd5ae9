import { Button, Card, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { type LanguageCode, languages, useLanguage } from '../../language/language.tsx';

const codes = Object.keys(languages).filter((code): code is LanguageCode => Object.hasOwn(languages, code));
const schemes = ['auto', 'light', 'dark'] as const;
const isScheme = (value: string): value is (typeof schemes)[number] => schemes.some((one) => one === value);
const isCode = (value: string): value is LanguageCode => Object.hasOwn(languages, value);

/** Whether the browser may tell of new messages outside the page. */
function Notifications() {
  const { t } = useLanguage();
  const [allowed, setAllowed] = useState(() => ('Notification' in window ? Notification.permission : null));
  const state = { granted: t.settings.notifyOn, denied: t.settings.notifyDenied, default: t.settings.notifyHint };
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={600}>
        {t.settings.notify}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {allowed === null || !window.isSecureContext ? t.settings.notifyNo : state[allowed]}
      </Text>
      {allowed === 'default' && window.isSecureContext && (
        <Button variant="default" size="xs" onClick={() => void Notification.requestPermission().then(setAllowed)}>
          {t.settings.notify}
        </Button>
      )}
    </Stack>
  );
}

/** Language and colours, on this device. */
export function Look() {
  const { t, code, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card withBorder padding="md">
      <Stack gap="md" align="flex-start">
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t.settings.language}
          </Text>
          <SegmentedControl
            aria-label={t.settings.language}
            value={code}
            data={codes.map((value) => ({ value, label: languages[value].name }))}
            onChange={(value) => isCode(value) && choose(value)}
          />
        </Stack>
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t.settings.theme}
          </Text>
          <SegmentedControl
            aria-label={t.settings.theme}
            value={colorScheme}
            data={schemes.map((value) => ({ value, label: t.settings.themes[value] }))}
            onChange={(value) => isScheme(value) && setColorScheme(value)}
          />
        </Stack>
        <Notifications />
      </Stack>
    </Card>
  );
}
