import { Card, Group, Stack, Text } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Loaded } from '../../parts/states.tsx';

type Kept = Answer<'GET /v1/privacy'>;
type Rows = keyof Kept['rows'];

const hourS = 3_600;
const dayS = 24 * hourS;
/** No kind is counted further. */
const countedTo = 100_000;

/** What there is of each kind that is kept. */
const rowsOf: Readonly<Record<keyof Kept['kept'], readonly Rows[]>> = {
  messages: ['received', 'sent'],
  codes: ['codes'],
  calls: ['calls'],
  pdus: [],
  feed: ['feed'],
  readings: ['readings'],
  webhook_log: ['webhook_log'],
  code_texts: [],
};
const kinds = ['messages', 'codes', 'code_texts', 'calls', 'pdus', 'readings', 'feed', 'webhook_log'] as const;

const least = (...all: readonly (number | null)[]): number | null => {
  const some = all.filter((one) => one !== null);
  return some.length === 0 ? null : Math.min(...some);
};

/** How long something stays in fact, s: a row that goes takes with it what is in it. */
function stays(kind: keyof Kept['kept'], { messages, codes, ...kept }: Kept['kept']): number | null {
  if (kind === 'messages') return messages;
  if (kind === 'codes') return least(messages, codes);
  if (kind === 'code_texts') return least(messages, codes, kept.code_texts);
  return kind === 'pdus' ? least(messages, kept.pdus) : kept[kind];
}

function inUnits(seconds: number): [value: number, unit: string] {
  if (seconds % dayS === 0) return [seconds / dayS, 'day'];
  return seconds % hourS === 0 ? [seconds / hourS, 'hour'] : [seconds / 60, 'minute'];
}

/** What is kept for how long, and what there is of it. It is set where the gateway is started, and shown here. */
export function Privacy() {
  const { t, moment } = useLanguage();
  const privacy = useRead('GET /v1/privacy', {});
  const at = (when: string | null) => (when === null ? t.settings.never : moment(when));
  return (
    <Card withBorder padding="md">
      <Stack gap="md">
        <Loaded of={privacy}>
          {(answer) => (
            <>
              {kinds.map((kind) => (
                <Kind key={kind} kind={kind} of={answer} />
              ))}
              <Stack gap={2}>
                <Text size="sm">
                  {t.settings.ran}: {at(answer.ran_at)}
                </Text>
                <Text size="sm">
                  {t.settings.deletedAt}: {at(answer.deleted_at)}
                </Text>
                {answer.compacted_at !== null && (
                  <Text size="sm">
                    {t.settings.compacted}: {at(answer.compacted_at)}
                  </Text>
                )}
              </Stack>
            </>
          )}
        </Loaded>
        <Text size="sm" c="dimmed">
          {t.settings.privacyHint}
        </Text>
      </Stack>
    </Card>
  );
}

function Kind({ kind, of: { kept, rows, oldest } }: { readonly kind: keyof Kept['kept']; readonly of: Kept }) {
  const { t, number } = useLanguage();
  const seconds = stays(kind, kept);
  // Where messages with codes are treated as all others, nobody looks for codes in them.
  const isUnknown = kind === 'codes' && kept.codes === null && kept.code_texts === null;
  const names = isUnknown ? [] : rowsOf[kind];
  const counts = names.map((name) => {
    const count = number(rows[name]);
    const words = name === 'received' || name === 'sent' ? t.settings.rowsNow[name] : t.settings.rowsNow.other;
    return words(rows[name] >= countedTo ? t.settings.orMore(count) : count);
  });
  // Moments in UTC of one form: the smallest text is the earliest.
  const [first] = names.flatMap((name) => oldest[name] ?? []).toSorted();
  const date = new Intl.DateTimeFormat(t.locale, { dateStyle: 'medium' });
  return (
    <Stack gap={2} component="section" aria-label={t.settings.kept[kind] ?? kind}>
      <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600}>
          {t.settings.kept[kind] ?? kind}
        </Text>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {seconds === null ? t.settings.forEver : <Duration seconds={seconds} />}
        </Text>
      </Group>
      {counts.length > 0 && (
        <Text size="xs" c="dimmed">
          {[...counts, ...(first === undefined ? [] : [`${t.settings.oldest}: ${date.format(new Date(first))}`])].join(
            ' · ',
          )}
        </Text>
      )}
    </Stack>
  );
}

function Duration({ seconds }: { readonly seconds: number }) {
  const { t } = useLanguage();
  const [value, unit] = inUnits(seconds);
  return new Intl.NumberFormat(t.locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(value);
}
