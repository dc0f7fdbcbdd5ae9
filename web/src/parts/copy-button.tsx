import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { copyText } from './message-text.tsx';

/** Copies a text, and says that it did. */
export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <Button size="xs" variant="default" flex="none" onClick={() => void copyText(text).then(() => setCopied(true))}>
      {copied ? t.copied : t.copy}
    </Button>
  );
}
