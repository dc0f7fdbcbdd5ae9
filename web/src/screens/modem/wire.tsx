import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../language/language.tsx';

interface Line {
  readonly key: number;
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** What is said to the modem and by it, as it is said. */
export function Wire({ modem }: { readonly modem: string }) {
  const { t } = useLanguage();
  const [watching, setWatching] = useState(false);
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h5">
            {t.wire.title}
          </Title>
          {!watching && (
            <Button size="xs" variant="default" onClick={() => setWatching(true)}>
              {t.wire.watch}
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t.wire.hint}
        </Text>
        {watching && <Dialogue modem={modem} />}
      </Stack>
    </Card>
  );
}

function Dialogue({ modem }: { readonly modem: string }) {
  const { t, plural, clock } = useLanguage();
  const { lines, clear } = useWire(modem);
  /** What was there when one stopped to read. */
  const [held, setHeld] = useState<readonly Line[] | null>(null);
  const shown = held ?? lines;
  const news = held === null ? 0 : lines.filter(({ key }) => key > (held.at(-1)?.key ?? 0)).length;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (held === null) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines, held]);
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => setHeld(held === null ? lines : null)}>
          {held === null ? t.wire.pause : t.wire.goOn}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setHeld(held === null ? null : []);
            clear();
          }}
        >
          {t.wire.clear}
        </Button>
        {news > 0 && (
          <Text size="sm" c="dimmed">
            {t.wire.waiting(news, plural)}
          </Text>
        )}
      </Group>
      <div ref={box} className="wire" role="log" aria-live="off" aria-label={t.wire.title} tabIndex={0} dir="ltr">
        {shown.length === 0 && <span className="wire-time">{t.wire.none}</span>}
        {shown.map(({ key, at, direction, text }) => (
          <div key={key} data-direction={direction}>
            <span className="wire-time">{clock(at)}</span>
            <span role="img" aria-label={t.wire[direction]}>
              {direction === 'out' ? '→' : '←'}
            </span>
            <span className="wire-text">{text}</span>
          </div>
        ))}
      </div>
    </>
  );
}

/** More than anybody reads, and little enough to be drawn at once. */
const mostLines = 500;

function useWire(modem: string): { readonly lines: readonly Line[]; readonly clear: () => void } {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const last = useRef(0);
  useEffect(() => {
    const source = new EventSource(`/v1/modems/${encodeURIComponent(modem)}/trace`);
    source.addEventListener('lines', ({ data }: MessageEvent<string>) => {
      const told: readonly Omit<Line, 'key'>[] = JSON.parse(data);
      const fresh = told.map((line) => ({ ...line, key: (last.current += 1) }));
      setLines((before) => [...before, ...fresh].slice(-mostLines));
    });
    return () => source.close();
  }, [modem]);
  return { lines, clear: () => setLines([]) };
}
