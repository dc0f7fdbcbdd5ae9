import { Button, Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { Failed } from '../../parts/states.tsx';
import { type DemoState, order, useDemoState } from './demo.ts';

interface Fault {
  readonly name: 'unplug' | 'silence' | 'simOut' | 'noNetwork';
  readonly isOn: (state: DemoState) => boolean;
  readonly order: (on: boolean) => Parameters<typeof order>[0];
}

/** <stat> of TS 27.007 §7.2. */
const [searching, home] = [2, 1];

const faults: readonly Fault[] = [
  {
    name: 'unplug',
    isOn: ({ plugged }) => !plugged,
    order: (on) => ({ do: 'fault', name: on ? 'unplug' : 'replug' }),
  },
  { name: 'silence', isOn: ({ silent }) => silent, order: (on) => ({ do: 'fault', name: 'silence', on }) },
  {
    name: 'simOut',
    isOn: ({ sim }) => sim.state === 'NOT INSERTED',
    order: (on) => ({ do: 'sim', card: on ? 'out' : 'in' }),
  },
  {
    name: 'noNetwork',
    isOn: ({ registration }) => registration === searching,
    order: (on) => ({ do: 'registration', stat: on ? searching : home }),
  },
];

/** What may go wrong with a modem, at the turn of a switch. */
export function Faults() {
  const { t } = useLanguage();
  const state = useDemoState();
  const queries = useQueryClient();
  const [wrong, setWrong] = useState<Error | null>(null);
  const turn = (given: Parameters<typeof order>[0]) => {
    order(given)
      .then(() => {
        setWrong(null);
        return queries.invalidateQueries();
      })
      .catch((error: unknown) => setWrong(error instanceof Error ? error : new Error(String(error))));
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
        {faults.map(({ name, isOn, order: orderOf }) => (
          <Switch
            key={name}
            label={t.phone.faultNames[name]}
            checked={state !== null && isOn(state)}
            disabled={state === null}
            onChange={(event) => turn(orderOf(event.currentTarget.checked))}
          />
        ))}
        <Group>
          <Button size="xs" variant="default" onClick={() => turn({ do: 'fault', name: 'fill', memory: 'SM' })}>
            {t.phone.fill}
          </Button>
        </Group>
        {wrong !== null && <Failed error={wrong} />}
      </Stack>
    </Card>
  );
}
