import { fromHex, isHex } from '../../src/pdu/octets.ts';
import { isFields } from './deep.ts';
import type { Fields } from './vector.ts';

// Reads the fields of a vector's input; a field that is missing or of another type has the fallback's value.

export function text(input: Fields, key: string): string {
  const value = input[key];
  return typeof value === 'string' ? value : '';
}

export function number(input: Fields, key: string): number | null {
  const value = input[key];
  return typeof value === 'number' ? value : null;
}

export function fields(input: Fields, key: string): Fields | null {
  const value = input[key];
  return isFields(value) ? value : null;
}

export function list(input: Fields, key: string): readonly unknown[] {
  const value = input[key];
  return Array.isArray(value) ? value : [];
}

export function octets(input: Fields, key: string): Uint8Array<ArrayBuffer> {
  const hex = text(input, key);
  if (!isHex(hex)) throw new TypeError(`${key} is no hex`);
  return fromHex(hex);
}
