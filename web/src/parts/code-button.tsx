import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { Icon } from './icon.tsx';
import { copyText } from './message-text.tsx';

export interface FoundCode {
  readonly code: string;
  readonly shown: string;
  readonly valid_until: string | null;
}

const tickMs = 15_000;
const minuteMs = 60_000;

/** A one-time code, large, to be copied; with the time that is left where the message says it. */
export function CodeButton({ code: { code, shown, valid_until: until } }: { readonly code: FoundCode }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <Group gap="sm">
      <Button
        variant="light"
        size="md"
        leftSection={<Icon name={copied ? 'check' : 'copy'} size={18} />}
        aria-label={`${t.messages.code} ${shown}. ${copied ? t.copied : t.copy}`}
        onClick={() => void copyText(code).then(() => setCopied(true))}
      >
        <Text component="span" className="code" size="xl" fw={700}>
          {shown}
        </Text>
      </Button>
      {until !== null && <TimeLeft until={Date.parse(until)} />}
    </Group>
  );
}

function TimeLeft({ until }: { readonly until: number }) {
  const { t, plural } = useLanguage();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), tickMs);
    return () => window.clearInterval(timer);
  }, []);
  const left = Math.ceil((until - now) / minuteMs);
  return (
    <Text size="xs" c="dimmed">
      {left > 0 ? t.messages.codeLeft(left, plural) : t.messages.codeOver}
    </Text>
  );
}
