import { readFile } from 'node:fs/promises';
import { isAlias, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { SimloftError } from '../core/errors.ts';

/** A key of the settings file with its value as it was written. */
export interface FileEntry {
  readonly key: string;
  readonly words: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Reads a YAML file of `key: value` lines. Values are taken as they are written, not as what YAML makes of them: a PIN of
 * 0123 is not the number 123. Keys without a value are left out.
 * @throws SimloftError `config_unreadable`, naming file and line
 */
export async function readSettingsFile(path: string): Promise<readonly FileEntry[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SimloftError('config_unreadable', `The settings file ${path} cannot be read: ${why}.`, { cause });
  });
  return parseSettings(text, path);
}

/** @throws SimloftError `config_unreadable` */
export function parseSettings(text: string, path: string): readonly FileEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'failsafe' });
  const unreadable = (offset: number, why: string) =>
    new SimloftError('config_unreadable', `${path}:${lines.linePos(offset).line}: ${why}`);
  const [error] = document.errors;
  if (error !== undefined) throw unreadable(error.pos[0], `this is not YAML: ${error.message}.`);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === '')) return [];
  if (!isMap(contents)) throw unreadable(0, 'the file must consist of lines of the form "key: value".');
  return contents.items.flatMap(({ key, value }): FileEntry[] => {
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    if (!isScalar(key)) throw unreadable(offset, 'a key must be a word.');
    if (value === null) return [];
    if (isAlias(value))
      throw unreadable(offset, `a value that begins with * needs quotes: ${String(key.value)}: "*…".`);
    if (!isScalar(value)) {
      throw unreadable(offset, `"${String(key.value)}" must have a single value, no list and nothing nested.`);
    }
    const words = String(value.value).trim();
    return words === '' ? [] : [{ key: String(key.value), words, line: lines.linePos(offset).line }];
  });
}
