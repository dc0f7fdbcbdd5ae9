import { Button } from '@mantine/core';
import { useLanguage } from '../language/language.tsx';

/** Brings the next page of a list, where there is one. */
export function More({
  of,
}: {
  readonly of: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage(): unknown };
}) {
  const { t } = useLanguage();
  if (!of.hasNextPage) return null;
  return (
    <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
      {t.more}
    </Button>
  );
}
