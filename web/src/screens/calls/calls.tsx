import { Badge, Button, Card, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useOrder, usePages, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { copyText, MessageText } from '../../parts/message-text.tsx';
import { useMay } from '../../parts/session.tsx';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { More } from '../../parts/more.tsx';

type Call = Answer<'GET /v1/calls'>['items'][number];

const usualDigits = 6;

/** Who called: the log, and the last digits of a number, which some sites take for a code. */
export function Calls() {
  const { t } = useLanguage();
  const [digits, setDigits] = useState(usualDigits);
  const pages = usePages('GET /v1/calls', { limit: 30 });
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Title order={1} size="h2">
          {t.calls.title}
        </Title>
        <NumberInput
          label={t.calls.lastDigits(digits)}
          value={digits}
          min={1}
          max={12}
          w={190}
          onChange={(value) => setDigits(Math.min(12, Math.max(1, Number(value) || usualDigits)))}
        />
      </Group>
      <Card withBorder padding="md">
        <Loaded of={pages} rows={5}>
          {({ pages: all }) => {
            const items = all.flatMap((page) => page.items);
            if (items.length === 0) return <Empty text={t.calls.none} icon="calls" />;
            return (
              <Stack gap="md">
                <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
                  {items.map((call) => (
                    <Row key={call.id} call={call} digits={digits} />
                  ))}
                </Stack>
                <More of={pages} />
              </Stack>
            );
          }}
        </Loaded>
      </Card>
    </Stack>
  );
}

function Row({ call, digits }: { readonly call: Call; readonly digits: number }) {
  const { t, moment, plural } = useLanguage();
  const [copied, setCopied] = useState(false);
  const last = call.caller.replaceAll(/\D/g, '').slice(-digits);
  const reject = useOrder('POST /v1/calls/{id}/reject', ['GET /v1/calls']);
  const isAdmin = useMay('admin');
  return (
    <Group justify="space-between" gap="sm" align="flex-start" component="li">
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Text fw={600} className="one-line" component="div">
          {call.withheld || call.caller === '' ? t.withheld : <MessageText text={call.caller} />}
          {call.contact === null ? '' : ` ${call.contact}`}
        </Text>
        <Text size="xs" c="dimmed">
          {moment(call.at)} · {t.calls.rings(call.rings, plural)}
        </Text>
        {reject.error !== null && <Failed error={reject.error} />}
      </Stack>
      <Group gap="xs">
        <Badge variant="default" tt="none">
          {t.calls.outcomes[call.outcome] ?? call.outcome}
        </Badge>
        {call.outcome === 'ringing' && (
          <Button
            size="xs"
            color="red.9"
            loading={reject.isPending}
            onClick={() => reject.mutate({ params: { id: call.id } })}
          >
            {t.calls.reject}
          </Button>
        )}
        {last !== '' && (
          <Button
            size="xs"
            variant="default"
            aria-label={`${t.calls.lastDigits(digits)}: ${last}. ${copied ? t.copied : t.copy}`}
            onClick={() => void copyText(last).then(() => setCopied(true))}
          >
            <span className="code">{copied ? `✓ ${last}` : last}</span>
          </Button>
        )}
        {isAdmin && call.caller !== '' && <Blocking caller={call.caller} />}
      </Group>
    </Group>
  );
}

/** Puts a caller on the list of those who are denied, or takes it off. */
function Blocking({ caller }: { readonly caller: string }) {
  const { t } = useLanguage();
  const list = useRead('GET /v1/lists/{list}', { params: { list: 'deny' } });
  const old = ['GET /v1/lists/{list}', 'GET /v1/calls', 'GET /v1/messages'] as const;
  const deny = useOrder('POST /v1/lists/{list}/entries', old);
  const allow = useOrder('DELETE /v1/lists/{list}/entries/{id}', old);
  const entry = list.data?.entries.find(({ pattern }) => pattern === caller);
  if (entry === undefined)
    return (
      <Button
        size="xs"
        variant="default"
        loading={deny.isPending}
        onClick={() => deny.mutate({ params: { list: 'deny' }, body: { pattern: caller } })}
      >
        {t.calls.deny}
      </Button>
    );
  return (
    <Button
      size="xs"
      variant="default"
      loading={allow.isPending}
      onClick={() => allow.mutate({ params: { list: 'deny', id: entry.id } })}
    >
      {t.calls.allow}
    </Button>
  );
}
