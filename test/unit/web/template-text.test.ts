import { expect, it } from 'vitest';
import { templateTable } from '../../../src/webhook/template-table.ts';
import { optionText } from '../../../web/src/language/template-text.ts';

const all = Object.entries(templateTable).flatMap(([template, { options }]) =>
  Object.entries(options).map(([name, { meaning }]) => ({ template, name, meaning })),
);

it.each(all)('the option $name of the template $template is told in Russian, and in English as it is', (one) => {
  expect(optionText('ru', one.template, one)).toMatch(/[а-яё]/i);
  expect(optionText('en', one.template, one)).toBe(one.meaning);
});

it('an option that is new is told in the words of the gateway', () => {
  expect(optionText('ru', 'json', { name: 'new', meaning: 'A new one.' })).toBe('A new one.');
});
