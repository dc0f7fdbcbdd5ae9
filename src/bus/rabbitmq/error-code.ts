import { type ErrorCode, errorTable } from '../../core/errors.ts';
import { type Read, text } from './shape.ts';

const codes: ReadonlyMap<string, ErrorCode> = new Map(codeNames().map((code) => [code, code]));

function codeNames(): ErrorCode[] {
  return Object.keys(errorTable).filter((name): name is ErrorCode => Object.hasOwn(errorTable, name));
}

/** A code that another version knows and this one does not is `internal` here; its sentence still says what it was. */
export const errorCode: Read<ErrorCode> = (value, path) => codes.get(text(value, path)) ?? 'internal';
