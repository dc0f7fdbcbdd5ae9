import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOrder, useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { PortList, Remarks, type SeenPorts } from '../../parts/port-list.tsx';
import { Problem } from '../../parts/problem.tsx';
import { type Modem, textReading } from '../../parts/readings.ts';
import { Empty, Failed, Loaded } from '../../parts/states.tsx';
import { Composer } from '../messages/composer.tsx';
import { Pin } from './pin.tsx';
import { answeringPort, progressOf, type StepName } from './progress.ts';
import { Step } from './step.tsx';

/** So often it is looked whether something was plugged in, ms. */
const lookMs = 3_000;
const wantsPin: ReadonlySet<string> = new Set(['sim_pin_needed', 'sim_pin_wrong']);

/** Leads from the USB socket to the first message, and says at each step what stands in the way. */
export function Setup() {
  const { t } = useLanguage();
  const modems = useRead('GET /v1/modems', {}, { refetchInterval: lookMs });
  const status = useRead('GET /v1/status', {}, { refetchInterval: lookMs });
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h2">
          {t.setup.title}
        </Title>
        <Text c="dimmed">{status.data?.demo === true ? t.setup.demoText : t.setup.text}</Text>
      </div>
      <Loaded of={modems}>
        {({ items: [modem] }) =>
          modem === undefined ? (
            <Empty text={t.modem.none} icon="modem" />
          ) : (
            <Steps modem={modem} isDemo={status.data?.demo === true} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Steps({ modem, isDemo }: { readonly modem: Modem; readonly isDemo: boolean }) {
  const { t } = useLanguage();
  const params = { id: modem.id };
  const found = useRead('GET /v1/modems/{id}/ports', { params }, { refetchInterval: lookMs });
  const ask = useOrder('POST /v1/modems/{id}/ports');
  const seen = withAnswers(found.data, ask.data);
  const real = isDemo ? null : modem;
  const progress = progressOf({ modem: real, seen });
  const step = (number: number, name: StepName, inside: ReactNode) => (
    <Step number={number} title={t.setup[name]} state={progress[name]}>
      {inside}
    </Step>
  );
  const code = real?.reason?.code ?? '';
  return (
    <ol className="steps">
      {step(
        1,
        'stick',
        <>
          {seen !== undefined && <Remarks remarks={seen.remarks} />}
          {found.error !== null && <Failed error={found.error} />}
          <Text size="sm">{progress.stick === 'done' ? t.setup.stickDone : t.setup.stickNone}</Text>
        </>,
      )}
      {step(
        2,
        'port',
        <>
          {real !== null && real.reason !== null && !code.startsWith('sim_') && <Problem {...real.reason} />}
          {seen !== undefined && seen.ports.length > 0 && <PortList ports={seen.ports} />}
          {progress.port === 'done' ? <Text size="sm">{t.setup.portDone}</Text> : null}
          {progress.port !== 'done' && ask.data !== undefined && <Text size="sm">{t.setup.portNone}</Text>}
          <UseIt seen={seen} gatewayHasIt={progress.port === 'done' && real !== null} />
          {ask.error !== null && <Failed error={ask.error} />}
          {(real === null || progress.port !== 'done') && (
            <Group>
              <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate({ params })}>
                {t.setup.portAsk}
              </Button>
            </Group>
          )}
        </>,
      )}
      {step(
        3,
        'sim',
        <>
          {code.startsWith('sim_') && real !== null && real.reason !== null && <Problem {...real.reason} />}
          {wantsPin.has(code) && <Pin modem={modem.id} />}
          {progress.sim === 'done' && <Text size="sm">{t.setup.simDone}</Text>}
          {progress.sim === 'later' && <Text size="sm">{t.setup.simWait}</Text>}
        </>,
      )}
      {step(
        4,
        'network',
        progress.network === 'done' && real !== null ? (
          <Text size="sm">
            {t.setup.networkDone} {textReading(real, 'operator')}
          </Text>
        ) : (
          progress.network === 'now' && <Text size="sm">{t.setup.networkWait}</Text>
        ),
      )}
      {step(
        5,
        'test',
        progress.test === 'now' && (
          <>
            <Text size="sm">{t.setup.testHint}</Text>
            <Composer />
          </>
        ),
      )}
    </ol>
  );
}

/** What to start the gateway with. */
function UseIt({ seen, gatewayHasIt }: { readonly seen: SeenPorts | undefined; readonly gatewayHasIt: boolean }) {
  const { t } = useLanguage();
  const port = answeringPort(seen);
  if (port === null || gatewayHasIt) return null;
  const setting = `MODEM_PORT=${port.stable_path ?? port.path}`;
  return (
    <Stack gap={4}>
      <Text size="sm">{t.setup.portUse}</Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code style={{ overflowWrap: 'anywhere' }}>{`${setting} npm start`}</Code>
        <CopyButton text={`${setting} npm start`} />
      </Group>
    </Stack>
  );
}

/** What is plugged in now, with what came of asking before. */
function withAnswers(now: SeenPorts | undefined, asked: SeenPorts | undefined): SeenPorts | undefined {
  if (now === undefined || asked === undefined) return now;
  const before = new Map(asked.ports.map((port) => [port.path, port]));
  return { ...now, ports: now.ports.map((port) => ({ ...port, answers: before.get(port.path)?.answers ?? null })) };
}
