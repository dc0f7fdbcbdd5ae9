import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useOrder } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { MessageText } from '../../parts/message-text.tsx';
import { Failed } from '../../parts/states.tsx';

/** `1. Balance` or `2) Tariff` at the beginning of a line. */
const menuLine = /^\s*(\d{1,2})[.):>\-\s]\s*\S/;

/** Asks the operator; the lines of a menu become buttons. */
export function Ussd({ modem }: { readonly modem: string }) {
  const { t } = useLanguage();
  const [code, setCode] = useState('*100#');
  const [reply, setReply] = useState('');
  const ask = useOrder('POST /v1/modems/{id}/ussd', ['GET /v1/modems']);
  const end = useOrder('DELETE /v1/modems/{id}/ussd');
  const params = { id: modem };
  const answer = ask.data;
  const say = (words: string) => {
    setReply('');
    ask.mutate({ params, body: { reply: words } });
  };
  const choices = (answer?.text ?? '').split('\n').flatMap((line) => {
    const number = menuLine.exec(line)?.[1];
    return number === undefined ? [] : [{ number, line: line.trim() }];
  });
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t.modem.ussd}
        </Title>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate({ params, body: { code } });
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t.modem.ussdCode}
              description={t.modem.ussdHint}
              value={code}
              required
              flex={1}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Button type="submit" loading={ask.isPending}>
              {t.modem.ussdAsk}
            </Button>
          </Group>
        </form>
        {ask.error !== null && <Failed error={ask.error} />}
        {answer !== undefined && !ask.isPending && (
          <Text component="div" size="sm" role="status">
            <MessageText text={answer.text ?? ''} />
          </Text>
        )}
        {answer?.more === true && !ask.isPending && (
          <Stack gap="xs">
            {choices.map(({ number, line }) => (
              <Button key={number} variant="default" justify="flex-start" onClick={() => say(number)}>
                {line}
              </Button>
            ))}
            <form
              onSubmit={(event) => {
                event.preventDefault();
                say(reply);
              }}
            >
              <Group gap="sm" align="flex-end">
                <TextInput
                  label={t.modem.ussdReply}
                  value={reply}
                  required
                  flex={1}
                  onChange={(event) => setReply(event.currentTarget.value)}
                />
                <Button type="submit" variant="default">
                  {t.modem.ussdAsk}
                </Button>
                <Button variant="default" onClick={() => end.mutate({ params }, { onSuccess: () => ask.reset() })}>
                  {t.modem.ussdEnd}
                </Button>
              </Group>
            </form>
          </Stack>
        )}
      </Stack>
    </Card>
  );
}
