import { createHash } from 'node:crypto';
import { previewText } from '../../pdu/preview.ts';
import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../store/store.ts';
import type { Principal } from '../access/principal.ts';
import type { Messages } from './messages.ts';
import type { Outcome } from './send-to-many.ts';

export interface Alarm {
  readonly recipients: readonly string[];
  readonly modem?: string;
  /** What it is about and in which state: two alarms with the same subject within an hour are one. */
  readonly subject: readonly string[];
  readonly text: string;
}

/** Alarms of other programs: each is told once, however often it is handed in. */
export interface Alarms {
  /** @throws SimloftError as `sendToMany` */
  send(alarm: Alarm, principal: Principal): Promise<Outcome[]>;
}

/** Who hands in an alarm tries again when the answer was lost, within minutes; what comes hours later is meant to be a reminder. */
const sameForMs = 3_600_000;
/** An alarm is read on a lock screen, and each part costs. */
const mostParts = 2;
/** More than two parts hold in any alphabet; what is behind that is not looked at, however long it is. */
const mostCharacters = 400;

export function createAlarms({ store, clock, messages }: AlarmOptions): Alarms {
  return {
    async send({ recipients, subject, text, modem }, principal) {
      const about = JSON.stringify([...subject, ...recipients]);
      const digest = createHash('sha256').update(about).digest('base64url');
      const hour = Math.floor(clock.now() / sameForMs);
      const [before, now] = [hour - 1, hour].map((each) => `alarm-${digest}-${each}`);
      const sent = await store.outgoingByIdempotencyKey(before ?? '');
      const again = sent !== null && clock.now() - sent.createdAt < sameForMs;
      // The text of an alarm may have changed meanwhile, and the key stands for one message: the first is the one that was sent.
      const known = again ? sent : await store.outgoingByIdempotencyKey(now ?? '');
      const request = {
        recipients,
        text: known === null || known.textRemovedAt !== null ? shortened(text) : known.text,
        ...(modem === undefined ? {} : { modem }),
        idempotencyKey: (again ? before : now) ?? '',
      };
      return messages.send(request, principal);
    },
  };
}

export interface AlarmOptions {
  readonly store: Pick<Store, 'outgoingByIdempotencyKey'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly messages: Pick<Messages, 'send'>;
}

/** As much of a text as fits into two SMS. */
export function shortened(text: string): string {
  const fits = (one: string) => one.length <= mostCharacters && previewText(one).segments.length <= mostParts;
  if (fits(text)) return text;
  const start = text.slice(0, mostCharacters);
  const characters = [...new Intl.Segmenter().segment(start)].map(({ segment }) => segment);
  let [least, most] = [0, characters.length];
  while (most - least > 1) {
    const middle = (least + most) >> 1;
    if (fits(`${characters.slice(0, middle).join('')}...`)) least = middle;
    else most = middle;
  }
  return `${characters.slice(0, least).join('').trimEnd()}...`;
}
