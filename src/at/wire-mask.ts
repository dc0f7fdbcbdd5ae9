/** Lines that begin so say what kind of line they are; any other may be the text of a message. */
const known =
  /^(?:AT|[+^$*%#&>]|\d+$|OK$|ERROR$|RING$|NO (?:CARRIER|ANSWER|DIALTONE)$|BUSY$|CONNECT|RDY|READY|START|MODEM:)/i;
/** What is asked with these is who the modem is. TS 27.007 §5.1 to §5.3, V.250 §6.1. */
const asksIdentity = /^AT(?:\+C?GM[IMR]|I\d?)$/i;
/** Commands whose every value is a secret: PINs and passwords (TS 27.007 §8.3, §7.4, §7.5). */
const secretCommand = /^(AT\+(?:CPIN|CPIN2|CLCK|CPWD|CPUK)=).*$/i;
/** Lines whose quoted texts are names, numbers or what the network says to a person. */
const privateLine =
  /^\+(?:CUSD|CMT|CMTI|CMGL|CMGR|CDS|CLIP|CCWA|CLCC|CPBR|CPBF|CNUM|CNAP|COLP|CUSATP)\b|^AT\+(?:CUSD|CPBW|CMG[SW])=/i;
/** Names of memories and states are no secret. TS 27.005 §3.2.2, §3.4.2. */
const plainQuoted = /^(?:SM|ME|MT|SR|BM|TA|REC UNREAD|REC READ|STO UNSENT|STO SENT|ALL)?$/;

const dots = '••••';

/**
 * Makes the dialogue with a modem fit to be shown: PINs, numbers, texts and PDUs become dots, so that who looks for a fault sees
 * what is said and not what is private. In doubt it hides. It goes line by line and remembers what was asked.
 */
export class WireMask {
  #asked = '';
  /** A quoted text that goes on over further lines (USSD). */
  #quoteIsOpen = false;

  /** A line without its end. */
  mask(direction: 'in' | 'out', line: string): string {
    if (direction === 'out') {
      this.#asked = line.trim();
      this.#quoteIsOpen = false;
    }
    if (this.#quoteIsOpen) {
      const end = line.indexOf('"');
      this.#quoteIsOpen = end < 0;
      return end < 0 ? dots : dots + this.#hideRuns(line.slice(end));
    }
    const secret = secretCommand.exec(line);
    if (secret !== null) return `${secret[1]}${dots}`;
    if (/^[0-9A-F]{20,}$/i.test(line)) return `${dots} (${line.length >> 1} octets)`;
    if (!known.test(line) && !this.#isIdentity(line)) return `${dots} (${line.length} characters)`;
    return this.#hideRuns(privateLine.test(line) ? this.#hideQuoted(line) : line);
  }

  #isIdentity(line: string): boolean {
    return asksIdentity.test(this.#asked) && line.length <= 60;
  }

  #hideQuoted(line: string): string {
    let shown = '';
    let rest = line;
    for (;;) {
      const begin = rest.indexOf('"');
      if (begin < 0) return shown + rest;
      const end = rest.indexOf('"', begin + 1);
      const text = rest.slice(begin + 1, end < 0 ? undefined : end);
      shown += `${rest.slice(0, begin)}"${plainQuoted.test(text) ? text : dots}`;
      if (end < 0) {
        this.#quoteIsOpen = true;
        return shown;
      }
      shown += '"';
      rest = rest.slice(end + 1);
    }
  }

  /** Numbers of people, cards and cells; the last two digits tell them apart. */
  #hideRuns(line: string): string {
    return line.replaceAll(
      /\+?\d{5,}|(?<![0-9A-Z])(?=[A-F]*\d)[0-9A-F]{6,}(?![0-9A-Z])/gi,
      (run) => dots + run.slice(-2),
    );
  }
}
