import * as v from 'valibot';
import type { ErrorCode } from '../../core/errors.ts';
import { textOf } from '../api/schema.ts';

/** What all routes about modems share. */
export const tag = 'Modems';
export const params = v.strictObject({ id: textOf(1, 40, 'the name of a modem') });
export const textOrNull = v.nullable(v.string());

/** Errors of whatever is asked of a modem. */
export const modemErrors = [
  'not_found',
  'modem_not_ready',
  'no_worker',
  'bus_unavailable',
  'command_expired',
  'command_unsupported',
  'at_timeout',
  'at_error',
  'at_aborted',
  'at_unsafe',
  'port_closed',
  'modem_silent',
] as const satisfies readonly ErrorCode[];
