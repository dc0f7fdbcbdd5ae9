import { textRead } from './api/schema.ts';
import type { LocalTime } from './local-time.ts';

const allowed =
  'a time such as 2024-08-15 12:46:13 or 2024-08-15T12:46:13.5, in the zone of the gateway unless it ends in Z or +03:00';

/** `dttm` of the request's API: a moment on the gateway's own wall clock, as epoch ms. */
export const localInstant = (localTime: LocalTime) =>
  textRead(allowed, { type: 'string', description: allowed, examples: ['2024-08-15 12:46:13'] }, (text) =>
    localTime.parse(text),
  );
