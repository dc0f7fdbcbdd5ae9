import { fieldsAfter, listNumbers, listValues, toInteger } from '../fields.ts';

/** One of the three preferred memories (TS 27.005 §3.2.2): where to read, where to write, where to receive. */
export interface MemoryUse {
  /** `SM`, `ME`, `SR`…; null in the answer to the set command, which tells the numbers only. */
  readonly name: string | null;
  readonly used: number | null;
  readonly total: number | null;
}

/**
 * `+CPMS: "SM",3,50,"ME",…` (read), `+CPMS: 3,50,…` (set). One to three memories; the missing values of some firmware are
 * null. Null when there is no such line.
 */
export function readMemories(lines: readonly string[]): MemoryUse[] | null {
  const fields = fieldsAfter(lines, '+CPMS:');
  if (fields === null) return null;
  const named = fields.some(({ text, quoted }) => quoted || /^[A-Za-z]/.test(text));
  const width = named ? 3 : 2;
  const memories: MemoryUse[] = [];
  for (let at = 0; at < fields.length; at += width) {
    const [name, used, total] = named ? fields.slice(at, at + 3) : [undefined, ...fields.slice(at, at + 2)];
    if (name?.text === '' || (name === undefined && toInteger(used) === null)) continue;
    memories.push({ name: name?.text ?? null, used: toInteger(used), total: toInteger(total) });
  }
  return memories;
}

/**
 * `+CPMS: ("SM","ME"),("SM"),("SM","MT")`: what each of the three may be. Also without brackets and with doubled ones.
 * Null when there is no such line.
 */
export function readMemoryChoices(lines: readonly string[]): string[][] | null {
  const fields = fieldsAfter(lines, '+CPMS:');
  if (fields === null) return null;
  const single = fields.length === 1 ? fields[0]?.text : undefined;
  if (single?.startsWith('((')) return readMemoryChoices([`+CPMS: ${single.slice(1, -1)}`]);
  if (!fields.some(({ text }) => text.startsWith('(')))
    return [fields.flatMap(({ text }) => (text === '' ? [] : [text]))];
  return fields.map(({ text }) => listValues(text));
}

/** `+CMGD: (1,2,5),(0-4)`: the occupied slots, and the flags that are understood; null when there is no such line. */
export function readDeletable(lines: readonly string[]): { indices: number[]; flags: number[] } | null {
  const fields = fieldsAfter(lines, '+CMGD:');
  if (fields === null) return null;
  return { indices: listNumbers(fields[0]?.text ?? ''), flags: listNumbers(fields[1]?.text ?? '') };
}
