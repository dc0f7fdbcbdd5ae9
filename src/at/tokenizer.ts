import { isFinalWord } from './final-result.ts';

/** What the bytes fall into. Text is latin1: one character per byte, never UTF-8. */
export type Token =
  | { readonly type: 'line'; readonly text: string }
  /** The prompt of CMGS (TS 27.005 §4.3), which no line end follows. */
  | { readonly type: 'prompt' }
  /** Bytes that are no line of AT: binary noise, or a line that does not end. */
  | { readonly type: 'discarded'; readonly bytes: number };

/** Longer lines are dropped: the longest real ones (`+CLAC`, USSD of several lines) have a few kB. */
const longestLine = 65_536;
/** A quotation mark that is still open after so many characters was never meant to be closed. */
const longestQuote = 2_048;

/** Lines whose quoted text may hold line ends: names and texts out of the network or the phone book. */
const mayHoldLineEnds = /^\+(?:CUSD|CMGR|CMGL|CMT|COPS|CPBR):/i;
/** What shows that the open quotation mark was an error: a line that the modem says by itself. */
const endsOpenQuote = /^(?:RING$|\+(?:CMTI|CDSI|CMT|CDS|CMGL|CMGR|CUSD|CLIP|CRING|C[GE]?REG|ZPASR|ZDONR|ZUSIMR):)/i;
const isUssd = /^\+CUSD:/i;
/** In a header, the PDU; in the text of a USSD it may be the number of a bank card. */
const isHex = /^[0-9A-F]{16,}$/i;
/** Items that some modems glue to the next one, which begins with + or ^ and has a colon. */
const gluedHead =
  /^(?:OK|ERROR|NO CARRIER|BUSY|RING|\+CM[ES] ERROR: ?\d+|\+CSS[IU]: ?\d+(?:,\d+)?|\+(?:CMTI|CDSI): ?"\w+",\d+|[0-9A-F]{20,})(?=[+^][A-Z]{3,}:)/i;
/** Control characters inside a line: a diagnostics port, or a wrong speed. */
const binary = /[^\n\r\t\x20-\x7e\x80-\xff]/;
/** A tty that wakes up sends NUL and 0xFF, and the echo of ESC sticks to what comes next. */
const leading = /^[^\x21-\xfe]+/;
const trailing = /[^\x21-\xff]+$/;

/**
 * Cuts the modem's bytes into lines (V.250 §5.7, and what modems make of it). The tokens do not depend on how the bytes
 * are cut into chunks. A line ends with CR, LF, or Ctrl-Z (the end of an echoed PDU); empty ones are left out.
 */
export class Tokenizer {
  readonly #emit: (token: Token) => void;
  /** What has come of the line that has not ended. */
  #tail = '';
  /** The line whose quotation mark is open, with its line ends so far; '' when there is none. */
  #open = '';
  /** Bytes of a line that has grown too long. */
  #dropped = 0;
  #promptExpected = false;

  constructor(emit: (token: Token) => void) {
    this.#emit = emit;
  }

  /** Whether `>` at the beginning of a line is a prompt: only while CMGS waits for one, since texts may begin so. */
  expectPrompt(expected: boolean): void {
    this.#promptExpected = expected;
  }

  /** Whether a quotation mark waits to be closed. Call {@link giveUpQuote} when that takes longer than about two seconds. */
  get quoteIsOpen(): boolean {
    return this.#open !== '';
  }

  push(chunk: Uint8Array): void {
    let text = latin1(chunk);
    for (;;) {
      const end = findLineEnd(text);
      this.#extend(end < 0 ? text : text.slice(0, end));
      if (end < 0) return;
      this.#endLine(text.charAt(end));
      text = text.slice(end + 1);
    }
  }

  /** Takes the open quotation mark for an error and reads on without it. */
  giveUpQuote(): void {
    const open = this.#open;
    this.#open = '';
    // The text of a USSD is worth more than the lines that may have got into it.
    const lines = isUssd.test(open) ? [open] : open.split(/[\r\n]+/);
    for (const line of lines) this.#emitLine(line);
  }

  #extend(piece: string): void {
    if (this.#dropped > 0 || this.#tail.length + piece.length > longestLine) {
      this.#dropped += this.#tail.length + piece.length;
      this.#tail = '';
      return;
    }
    this.#tail += piece;
    if (!this.#promptExpected || this.quoteIsOpen) return;
    const start = this.#tail.replace(leading, '');
    if (!start.startsWith('>')) return;
    this.#promptExpected = false;
    this.#tail = start.slice(1);
    this.#emit({ type: 'prompt' });
  }

  #endLine(end: string): void {
    const line = this.#tail;
    this.#tail = '';
    if (this.#dropped > 0) {
      this.#emit({ type: 'discarded', bytes: this.#dropped });
      this.#dropped = 0;
    } else if (this.quoteIsOpen) this.#continueQuote(line, end);
    else this.#beginLine(line, end);
  }

  #continueQuote(line: string, end: string): void {
    const text = trimLine(line);
    const isPdu = isHex.test(text) && !isUssd.test(this.#open);
    if (isPdu || isFinalWord(text) || endsOpenQuote.test(text)) {
      this.giveUpQuote();
      this.#beginLine(line, end);
      return;
    }
    this.#open += line;
    if (quoteIsClosed(this.#open)) {
      const closed = this.#open;
      this.#open = '';
      this.#emitLine(closed);
    } else {
      this.#open += end;
      if (this.#open.length > longestQuote) this.giveUpQuote();
    }
  }

  #beginLine(line: string, end: string): void {
    let text = trimLine(line);
    for (let head = gluedHead.exec(text); head !== null; head = gluedHead.exec(text)) {
      this.#emitLine(head[0]);
      text = text.slice(head[0].length);
    }
    if (mayHoldLineEnds.test(text) && !quoteIsClosed(text)) this.#open = text + end;
    else this.#emitLine(text);
  }

  #emitLine(line: string): void {
    const text = trimLine(line);
    if (text === '') return;
    this.#emit(binary.test(text) ? { type: 'discarded', bytes: text.length } : { type: 'line', text });
  }
}

function findLineEnd(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0d || code === 0x0a || code === 0x1a) return at;
  }
  return -1;
}

function trimLine(line: string): string {
  return line.replace(leading, '').replace(trailing, '');
}

/**
 * Texts hold quotation marks of their own. That of a USSD ends with a mark before its coding scheme or at the end of a
 * line; elsewhere the marks are counted.
 */
function quoteIsClosed(line: string): boolean {
  const marks = line.split('"').length - 1;
  if (marks === 0) return true;
  const even = marks % 2 === 0;
  if (!isUssd.test(line)) return even;
  return (even && /"\s*$/.test(line)) || (marks > 1 && /",\s*\d{1,3}\s*$/.test(line));
}

function latin1(bytes: Uint8Array): string {
  const step = 4096;
  if (bytes.length <= step) return String.fromCharCode(...bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}
