import { useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { piecesOf } from './digits.ts';

/** A text as it came: nothing in it is ever markup. Each run of digits is a button that copies it. */
export const MessageText = ({ text }: { readonly text: string }) => (
  <span className="words" dir="auto">
    {piecesOf(text).map((piece) =>
      piece.digits ? <Digits key={piece.at} text={piece.text} /> : <span key={piece.at}>{piece.text}</span>,
    )}
  </span>
);

const shownMs = 1_500;

function Digits({ text }: { readonly text: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  const digits = text.replaceAll(/[^\d+]/g, '');
  return (
    <button
      type="button"
      className="digits"
      aria-label={copied ? t.copied : t.copyDigits(text)}
      title={copied ? t.copied : t.copyDigits(digits)}
      onClick={() => {
        void copyText(digits).then(() => {
          setCopied(true);
          window.setTimeout(() => setCopied(false), shownMs);
        });
      }}
    >
      {copied ? `✓ ${text}` : text}
    </button>
  );
}

/** Browsers give the clipboard to pages over HTTPS and of the own machine alone; at home a gateway is often neither. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
