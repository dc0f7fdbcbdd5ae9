import type { ByteStream } from '../core/byte-stream.ts';

/** `out` is what we wrote, `in` what came back. */
export type Direction = 'in' | 'out';

/** Takes each piece of the dialogue as it passes. It holds texts and PINs: show it only to who may see those. */
export type RecordSink = (direction: Direction, bytes: Uint8Array) => void;

/** The same stream, with both directions shown to `sink`; nothing in between notices. */
export function recordStream(stream: ByteStream, sink: RecordSink): ByteStream {
  return {
    name: stream.name,
    write(bytes) {
      sink('out', bytes);
      return stream.write(bytes);
    },
    onData(listener) {
      stream.onData((chunk) => {
        sink('in', chunk);
        listener(chunk);
      });
    },
    onClose: (listener) => stream.onClose(listener),
    close: () => stream.close(),
  };
}

/** Bytes as a line that a person can read and a terminal cannot be harmed by: `AT\r` becomes `AT<CR>`. */
export function readableBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes)
    text += names[byte] ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hex(byte));
  return text;
}

const names: Readonly<Record<number, string>> = { 0x0d: '<CR>', 0x0a: '<LF>', 0x1a: '<Ctrl-Z>', 0x1b: '<ESC>' };
const hex = (byte: number): string => `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
