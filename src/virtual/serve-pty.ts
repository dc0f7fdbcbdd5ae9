import { lstatSync, rmSync, symlinkSync } from 'node:fs';
import type { ByteStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { openPty, type Pty } from './pty.ts';
import type { VirtualModem } from './virtual-modem.ts';

export interface PtyServer {
  /** The path of the moment: after a replug it is another, unless there is a link. */
  readonly path: string;
  close(): void;
}

export interface ServePtyOptions {
  readonly modem: VirtualModem;
  readonly clock: Clock;
  /** A symbolic link that always points at the pseudo-terminal. */
  readonly symlink: string | undefined;
}

/**
 * Puts the modem behind a pseudo-terminal. Unplugged, the terminal is gone; plugged in again, it has another name, as a USB stick does.
 * @throws SimloftError `port_busy` when something that is no link lies where the link is to be.
 */
export function servePty({ modem, clock, symlink }: ServePtyOptions): PtyServer {
  let pty = openBridge(modem, clock);
  const relink = () => {
    if (symlink === undefined) return;
    removeLink(symlink);
    symlinkSync(pty.path, symlink);
  };
  relink();
  modem.onPlug((plugged) => {
    pty.close();
    if (!plugged) {
      if (symlink !== undefined) removeLink(symlink);
      return;
    }
    pty = openBridge(modem, clock);
    relink();
  });
  return {
    get path() {
      return symlink ?? pty.path;
    },
    close() {
      pty.close();
      if (symlink !== undefined) removeLink(symlink);
    },
  };
}

/** The port of the modem is open as long as somebody has the terminal open. */
function openBridge(modem: VirtualModem, clock: Clock): Pty {
  const pty = openPty(clock);
  let port: ByteStream | null = null;
  pty.onData((chunk) => void port?.write(chunk));
  pty.onClient((present) => {
    void port?.close();
    port = null;
    if (!present || !modem.plugged) return;
    port = modem.connect();
    port.onData((chunk) => pty.write(chunk));
  });
  return pty;
}

function removeLink(symlink: string): void {
  const found = lstatSync(symlink, { throwIfNoEntry: false });
  if (found !== undefined && !found.isSymbolicLink())
    throw new SimloftError('port_busy', `${symlink} is no symbolic link: choose another name for the port.`);
  rmSync(symlink, { force: true });
}
