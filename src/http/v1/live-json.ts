import type { Principal } from '../../app/access/principal.ts';
import type { LiveEvent, LiveItem, LiveReading } from '../../app/live/live-event.ts';
import { refOf } from '../../app/live/load-events.ts';
import { writeInstant } from '../api/schema.ts';
import { callJson } from './call-routes.ts';
import { messageJson } from './message-json.ts';
import { modemJson } from './modem-routes.ts';

/** An item as it is told to listeners, one block of a stream of events; it ends with an empty line. */
export function frameOf(item: LiveItem, principal: Principal): Buffer {
  if (item.type === 'reading.changed') return written(null, item.type, readingJson(item));
  if (item.type === 'reset') return written(item.id, item.type, { reason: item.reason });
  return written(item.id, item.type, subjectJson(item, principal));
}

// A text in JSON holds no line break, which would end the field.
const written = (id: number | null, type: string, data: unknown): Buffer =>
  Buffer.from(`${id === null ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);

function subjectJson({ subject, type, row, modem }: LiveEvent, principal: Principal): unknown {
  switch (subject.kind) {
    case 'message':
      return messageJson(subject.shown);
    case 'call':
      return callJson(subject.call);
    case 'modem':
      return modemJson(subject.modem, principal);
    case 'gone': {
      const ref = refOf({ type, row });
      return { id: ref === null ? (row ?? modem) : `${ref.direction}-${ref.id}`, deleted: true };
    }
  }
}

const readingJson = ({ modem, reading: { key, data, updatedAt } }: LiveReading) => ({
  modem,
  key: key.replaceAll('-', '_'),
  value: data,
  updated_at: writeInstant(updatedAt),
});
