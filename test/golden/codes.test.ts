import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCode } from '../../src/codes/find-code.ts';

interface Message {
  readonly language: string;
  readonly sender: string;
  readonly text: string;
  readonly code: string | null;
}

const folder = join(import.meta.dirname, 'codes');

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const code = fields.get('code');
  return (
    ['language', 'sender', 'text', 'note'].every((name) => typeof fields.get(name) === 'string') &&
    (code === null || typeof code === 'string')
  );
}

/** The messages of one set: the search was made with `developed`, and first met the others when it was done. */
function messagesOf(set: string): readonly Message[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${set}-`))
    .flatMap((name) => {
      const rows: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      if (!Array.isArray(rows) || !rows.every(isMessage))
        throw new Error(`${name} holds something that is no message.`);
      return rows;
    });
}

const sets = ['developed', 'held-out', 'fresh'] as const;
const all = sets.flatMap(messagesOf);

function measure(messages: readonly Message[]) {
  const found = messages.map((message) => ({ message, code: findCode(message.text, message)?.code ?? null }));
  const withCode = found.filter(({ message }) => message.code !== null);
  const without = found.filter(({ message }) => message.code === null);
  return {
    right: withCode.filter(({ message, code }) => message.code === code).length / withCode.length,
    falseAlarms: without.filter(({ code }) => code !== null).length / without.length,
    wrong: found
      .filter(({ message, code }) => message.code !== code)
      .map(({ message, code }) => ({ ...message, code })),
  };
}

const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;

describe('codes in invented messages', () => {
  it('has enough messages to mean anything', () => {
    expect(all.filter(({ code }) => code !== null).length).toBeGreaterThanOrEqual(300);
    expect(all.filter(({ code }) => code === null).length).toBeGreaterThanOrEqual(250);
    expect(new Set(all.map(({ language }) => language)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  });

  it.each(sets)('finds at least 95 of 100 in the set "%s"', (set) => {
    const { right, falseAlarms, wrong } = measure(messagesOf(set));
    process.stdout.write(`codes, set "${set}": ${percent(right)} right, ${percent(falseAlarms)} false alarms\n`);
    expect(right, JSON.stringify(wrong, null, 2)).toBeGreaterThanOrEqual(0.95);
  });

  it('finds at least 98 of 100 over all, and alarms on less than 1 of 100 that have none', () => {
    const { right, falseAlarms, wrong } = measure(all);
    expect(right, JSON.stringify(wrong, null, 2)).toBeGreaterThanOrEqual(0.98);
    expect(falseAlarms, JSON.stringify(wrong, null, 2)).toBeLessThan(0.01);
  });

  it.each([...new Set(all.map(({ language }) => language))])('finds at least 90 of 100 in the language "%s"', (one) => {
    const { right, wrong } = measure(all.filter(({ language }) => language === one));
    expect(right, JSON.stringify(wrong, null, 2)).toBeGreaterThanOrEqual(0.9);
  });
});
