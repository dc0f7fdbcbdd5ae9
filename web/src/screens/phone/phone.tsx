import { Button, Card, Grid, Group, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useLanguage } from '../../language/language.tsx';
import { Empty, Failed } from '../../parts/states.tsx';

interface Submitted {
  readonly recipient: string;
  readonly text: string;
  readonly part?: number;
  readonly parts?: number;
}

const order = (given: { readonly do: string } & Readonly<Record<string, unknown>>) =>
  call('POST /v1/demo', { body: given });

const outboxEveryMs = 1_500;
const shown = 12;

/** Faults, each with the order that switches it on and the one that takes it back. */
const faults = {
  unplug: (on: boolean) => ({ do: 'fault', name: on ? 'unplug' : 'replug' }),
  silence: (on: boolean) => ({ do: 'fault', name: 'silence', on }),
  simOut: (on: boolean) => ({ do: 'sim', card: on ? 'out' : 'in' }),
  noNetwork: (on: boolean) => ({ do: 'registration', stat: on ? 2 : 1 }),
} as const;
const faultNames = ['unplug', 'silence', 'simOut', 'noNetwork'] as const;

/** The other side of the air, while the gateway runs on its virtual modem. */
export function Phone() {
  const { t } = useLanguage();
  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        {t.phone.title}
      </Title>
      <Text c="dimmed">{t.phone.text}</Text>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Handset />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <Outbox />
            <Faults />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Handset() {
  const { t } = useLanguage();
  const [from, setFrom] = useState('+79161234567');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<Error | null>(null);
  const tell = (given: Parameters<typeof order>[0]) => {
    setWrong(null);
    order(given).catch((error: unknown) => setWrong(error instanceof Error ? error : new Error(String(error))));
  };
  return (
    <Card withBorder padding="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          tell({ do: 'sms', from, text });
          setText('');
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t.phone.from}
            value={from}
            required
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <Textarea
            label={t.phone.message}
            value={text}
            autosize
            minRows={3}
            required
            dir="auto"
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group gap="xs">
            <Button type="submit">{t.phone.send}</Button>
            <Button variant="default" onClick={() => tell({ do: 'call', from, rings: 20 })}>
              {t.phone.ring}
            </Button>
            <Button variant="default" onClick={() => tell({ do: 'hangup' })}>
              {t.phone.hangUp}
            </Button>
          </Group>
          <Text size="sm" fw={600}>
            {t.phone.examples}
          </Text>
          <Stack gap={6}>
            {t.phone.exampleTexts.map((example) => (
              <Button key={example} variant="default" size="xs" justify="flex-start" onClick={() => setText(example)}>
                <span className="one-line" dir="auto">
                  {example}
                </span>
              </Button>
            ))}
          </Stack>
          {wrong !== null && <Failed error={wrong} />}
        </Stack>
      </form>
    </Card>
  );
}

function Outbox() {
  const { t } = useLanguage();
  const outbox = useQuery({
    queryKey: ['demo', 'submitted'],
    queryFn: () => order({ do: 'submitted' }),
    refetchInterval: outboxEveryMs,
  });
  const submitted: readonly Submitted[] = Array.isArray(outbox.data?.['submitted']) ? outbox.data['submitted'] : [];
  const newest = submitted.slice(-shown).toReversed();
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t.phone.outbox}
      </Title>
      {newest.length === 0 ? (
        <Empty text={t.phone.noOutbox} icon="send" />
      ) : (
        <Stack gap="xs" role="log" aria-label={t.phone.outbox}>
          {newest.map(({ recipient, text, part, parts }, index) => (
            <Stack key={submitted.length - index} gap={0} className="bubble">
              <Text size="xs" c="dimmed">
                {recipient}
                {parts === undefined ? '' : ` · ${part}/${parts}`}
              </Text>
              <Text size="sm" className="words" dir="auto">
                {text}
              </Text>
            </Stack>
          ))}
        </Stack>
      )}
    </Card>
  );
}

function Faults() {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [on, setOn] = useState<ReadonlySet<string>>(new Set());
  const [wrong, setWrong] = useState<Error | null>(null);
  const turn = async (name: (typeof faultNames)[number], wanted: boolean) => {
    try {
      await order(faults[name](wanted));
      setOn(wanted ? new Set([...on, name]) : new Set([...on].filter((one) => one !== name)));
      setWrong(null);
      await queries.invalidateQueries();
    } catch (error) {
      setWrong(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t.phone.faults}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t.phone.faultsHint}
      </Text>
      <Stack gap="sm">
        {faultNames.map((name) => (
          <Switch
            key={name}
            label={t.phone.faultNames[name]}
            checked={on.has(name)}
            onChange={(event) => void turn(name, event.currentTarget.checked)}
          />
        ))}
        {wrong !== null && <Failed error={wrong} />}
      </Stack>
    </Card>
  );
}
