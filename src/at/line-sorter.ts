import type { AtCommand } from './command.ts';
import { hasPrefix } from './fields.ts';
import { type FinalResult, readFinalResult } from './final-result.ts';
import type { AtRecord } from './outcome.ts';
import { isRegistrationAnswer } from './replies/registration.ts';
import type { Urc } from './urc.ts';
import { announcedMessage, readUrc, routedMessage, unknownUrc } from './urc-table.ts';

/** What a line turned out to be. V.250 has no mark for it: the running command and the table of unsolicited codes decide. */
export interface SortedLines {
  /** The modem wrote back what it was sent. */
  onEchoed(line: string): void;
  onAnswer(line: string): void;
  onRecord(record: AtRecord): void;
  onFinal(result: FinalResult): void;
  onUrc(urc: Urc): void;
}

/** A shorter run of hex is an IMEI, an IMSI or a card number, not the PDU that a header has announced. */
const shortestPdu = /^[0-9A-Fa-f]{21,}$/;
/** Inside a listing the next line of hex belongs to its record, even when the modem has cut it. */
const anyHex = /^[0-9A-Fa-f]{2,}$/;
const commandEcho = /^AT[+^*#$%&]/i;

/** Tells answers from unsolicited result codes and from echoes, line by line. */
export class LineSorter {
  readonly #to: SortedLines;
  #command: AtCommand | null = null;
  #pdu = '';
  /** Accept the digits of ATV0 as final result codes. */
  numeric = false;
  /** The header of a routed message whose PDU has not come. */
  #routed: { readonly type: 'CMT' | 'CDS' | 'CBM'; readonly header: string } | null = null;
  /** The header of a listed message whose PDU has not come. */
  #listed: string | null = null;
  /** Which of the two came last: the hex belongs to it. */
  #routedIsLast = false;
  #answered = false;

  constructor(to: SortedLines) {
    this.#to = to;
  }

  /** From now on lines may belong to `command`, until {@link end}. */
  begin(command: AtCommand): void {
    this.#command = command;
    this.#answered = false;
    this.#listed = null;
  }

  /** The PDU has been written and may come back as an echo. */
  expectPduEcho(pdu: string): void {
    this.#pdu = pdu.toUpperCase();
  }

  end(): void {
    this.#command = null;
    this.#pdu = '';
    this.#listed = null;
  }

  sort(line: string): void {
    if (this.#isEcho(line)) this.#to.onEchoed(line);
    else if (!this.#takePayload(line) && !this.#takeFinal(line) && !this.#takeAnswer(line)) this.#takeUnsolicited(line);
  }

  #isEcho(line: string): boolean {
    if (commandEcho.test(line)) return true;
    const upper = line.toUpperCase();
    if (this.#pdu !== '' && upper.endsWith(this.#pdu)) return true;
    return this.#command !== null && upper.replace(/^[^A-Z]+/, '') === this.#command.text.toUpperCase();
  }

  #takePayload(line: string): boolean {
    const { type, header } = this.#routed ?? {};
    if (type !== undefined && header !== undefined && (this.#routedIsLast || this.#listed === null)) {
      if (!shortestPdu.test(line)) return false;
      this.#routed = null;
      this.#to.onUrc(routedMessage(type, header, line));
      return true;
    }
    if (this.#listed === null || !anyHex.test(line)) return false;
    this.#endRecord(line);
    return true;
  }

  #endRecord(payload: string | null): void {
    const header = this.#listed;
    this.#listed = null;
    if (header !== null) this.#to.onRecord({ header, payload });
  }

  #takeFinal(line: string): boolean {
    if (this.#command === null) return this.#takeStrayFinal(line);
    const final = readFinalResult(line, { dials: this.#command.dials === true, numeric: this.numeric });
    if (final === null) return false;
    this.#endRecord(null);
    this.#to.onFinal(final);
    return true;
  }

  /** Between commands it ends nothing, but it is a final result code all the same and no news of the network. */
  #takeStrayFinal(line: string): boolean {
    const final = readFinalResult(line, { dials: false, numeric: false });
    if (final !== null) this.#to.onFinal(final);
    return final !== null;
  }

  #takeAnswer(line: string): boolean {
    const { answer, payload } = this.#command ?? {};
    if (answer === undefined || answer === 'free') return false;
    if (!answer.some((prefix) => hasPrefix(line, prefix)) || this.#looksUnsolicited(line)) return false;
    this.#answered = true;
    if (payload === true) {
      this.#endRecord(null);
      this.#listed = line;
      this.#routedIsLast = false;
    } else this.#to.onAnswer(line);
    return true;
  }

  /** Prefixes that answers and unsolicited codes share: the form of the line decides, and a query has one answer. */
  #looksUnsolicited(line: string): boolean {
    if (/^\+C[GE]?REG:/i.test(line)) return this.#answered || !isRegistrationAnswer(line);
    if (/^\+CLIP:/i.test(line)) return !/^\+CLIP:\s*\d\s*(?:,|$)/i.test(line);
    return /^\+CUSD:\s*\d/i.test(line);
  }

  #takeUnsolicited(line: string): void {
    const type = announcedMessage(line);
    if (type !== null) {
      // A message whose PDU never came is told of rather than forgotten.
      if (this.#routed !== null) this.#to.onUrc(unknownUrc(this.#routed.header));
      this.#routed = { type, header: line };
      this.#routedIsLast = true;
      return;
    }
    const urc = readUrc(line);
    if (urc !== null) this.#to.onUrc(urc);
    else if (this.#command?.answer === 'free') this.#to.onAnswer(line);
    else this.#to.onUrc(unknownUrc(line));
  }
}
