import { TextInput } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useLanguage } from '../../language/language.tsx';
import { optionText } from '../../language/template-text.ts';
import { QuotedWords } from '../../parts/quoted-words.tsx';

export type Template = Answer<'GET /v1/webhook-templates'>['items'][number];
export type Options = Readonly<Record<string, string>>;

interface TemplateOptionsProps {
  readonly template: Template;
  /** What is written now. */
  readonly options: Options;
  readonly onChange: (options: Options) => void;
  /** What is kept: what is secret of it is not shown, and stays when nothing is written. */
  readonly kept?: Options;
}

/** What a target wants to know beside its address: a token, a topic, a chat. */
export function TemplateOptions({ template, options, onChange, kept = {} }: TemplateOptionsProps) {
  const { t, code } = useLanguage();
  return template.options.map(({ name, meaning, secret, required }) => {
    const about = optionText(code, template.name, { name, meaning });
    const isHidden = secret && kept[name] !== undefined;
    return (
      <TextInput
        key={name}
        label={name}
        description={<QuotedWords text={isHidden ? `${about} ${t.settings.stays}` : about} />}
        value={options[name] ?? (isHidden ? '' : (kept[name] ?? ''))}
        required={required && !isHidden}
        onChange={(event) => onChange({ ...options, [name]: event.currentTarget.value })}
      />
    );
  });
}
