/**
 * A duplex stream of bytes with one reader: a serial port, a TCP connection, or one end of a virtual modem.
 * Everything that speaks AT sits on this seam, so the driver cannot tell what is at the other end.
 */
export interface ByteStream {
  /** What a person calls it: `/dev/ttyUSB1`, `tcp://10.0.0.5:7000`, `virtual`. */
  readonly name: string;
  /**
   * Hands bytes over in order. Resolves when they are accepted by the operating system (not when they have left the wire).
   * @throws SimloftError `port_closed` after the stream has closed, `port_stalled` when nothing was accepted in time.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Sets the one listener for bytes. Bytes that came before are kept and delivered to it at once. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** Sets the one listener for the end; called once, with the error when the end was not asked for. */
  onClose(listener: (error?: Error) => void): void;
  /** Closes; safe to call twice. Resolves when the port is free for the next opener. */
  close(): Promise<void>;
}

/** Opens a stream anew: each call is a new attempt on the same place. */
export type OpenStream = (signal?: AbortSignal) => Promise<ByteStream>;
