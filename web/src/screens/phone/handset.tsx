import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failed } from '../../parts/states.tsx';
import { order, useDemoState, useSent } from './demo.ts';

interface Said {
  readonly key: string;
  readonly text: string;
  readonly at: number;
}

/** A phone that does not exist: what one writes on it reaches the gateway, and what the gateway sends appears on it. */
export function Handset() {
  const { t } = useLanguage();
  const [from, setFrom] = useState('+79161234567');
  const [text, setText] = useState('');
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [wrong, setWrong] = useState<Error | null>(null);
  const ringing = useDemoState()?.ringing === true;
  const tell = (given: Parameters<typeof order>[0]) => {
    setWrong(null);
    order(given).catch((error: unknown) => setWrong(error instanceof Error ? error : new Error(String(error))));
  };
  return (
    <section className="handset" aria-label={t.phone.title}>
      <Text className="handset-top" size="xs" fw={650}>
        {t.phone.notReal}
      </Text>
      <Stack gap="sm" p="sm">
        <TextInput
          label={t.phone.from}
          size="xs"
          type="tel"
          value={from}
          required
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <Talk said={said} />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            tell({ do: 'sms', from, text });
            setSaid([...said, { key: `said ${said.length}`, text, at: Date.now() }]);
            setText('');
          }}
        >
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <Textarea
              label={t.phone.message}
              value={text}
              autosize
              minRows={1}
              maxRows={5}
              flex={1}
              required
              dir="auto"
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <ActionIcon type="submit" size={36} aria-label={t.phone.send} title={t.phone.send}>
              <Icon name="send" size={18} />
            </ActionIcon>
          </Group>
        </form>
        <Group gap="xs">
          {ringing ? (
            <>
              <Text size="sm" role="status">
                {t.phone.ringing}
              </Text>
              <Button size="xs" variant="default" onClick={() => tell({ do: 'hangup' })}>
                {t.phone.hangUp}
              </Button>
            </>
          ) : (
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="calls" size={16} />}
              onClick={() => tell({ do: 'call', from, rings: 20 })}
            >
              {t.phone.ring}
            </Button>
          )}
        </Group>
        {wrong !== null && <Failed error={wrong} />}
        <details>
          <summary>{t.phone.examples}</summary>
          <Stack gap={6} mt="xs">
            {t.phone.exampleTexts.map((example) => (
              <Button key={example} variant="default" size="xs" justify="flex-start" onClick={() => setText(example)}>
                <span className="one-line" dir="auto">
                  {example}
                </span>
              </Button>
            ))}
          </Stack>
        </details>
      </Stack>
    </section>
  );
}

const mostShown = 30;

/** What was written on the phone and what the gateway has sent, oldest first. */
function Talk({ said }: { readonly said: readonly Said[] }) {
  const { t } = useLanguage();
  const sent = useSent();
  const all = [...said.map((one) => ({ ...one, to: null })), ...sent].toSorted((a, b) => a.at - b.at);
  const shown = all.slice(-mostShown);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [all.length]);
  return (
    <div ref={box} className="handset-talk" role="log" aria-label={t.phone.talk} tabIndex={0}>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed" ta="center" p="md">
          {t.phone.noTalk}
        </Text>
      )}
      {shown.map(({ key, to, text }) => (
        <div key={key} className="bubble" {...(to === null ? { 'data-mine': true } : {})}>
          {to !== null && (
            <Text size="xs" c="dimmed">
              → {to}
            </Text>
          )}
          <Text size="sm" className="words" dir="auto">
            {text}
          </Text>
        </div>
      ))}
    </div>
  );
}
