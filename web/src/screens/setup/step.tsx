import { Badge, Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { Icon } from '../../parts/icon.tsx';

export type StepState = 'done' | 'now' | 'wrong' | 'later';

/** One step on the way: its number or a tick, what it is about, and how it stands. */
export function Step({
  number,
  title,
  state,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly state: StepState;
  readonly children: ReactNode;
}) {
  const { t } = useLanguage();
  return (
    <li className="step" data-state={state} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
      <span className="step-mark" aria-hidden="true">
        {state === 'done' ? <Icon name="check" size={16} /> : number}
      </span>
      <Stack gap="xs" className="step-body">
        <Group gap="xs">
          <Title order={2} size="h5">
            {title}
          </Title>
          <Badge tt="none" variant="default">
            {t.setup[state]}
          </Badge>
        </Group>
        {children}
      </Stack>
    </li>
  );
}
