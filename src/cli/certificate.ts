import { readFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { createServer, Server as SecureServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Settings } from '../config/settings.ts';
import { systemClock, type Timer } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';

/** A renewed certificate is heeded so soon, ms. */
const lookEveryMs = 10 * 60_000;

/** In PEM. */
interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** The certificate of the API, from TLS_CERT and TLS_KEY. */
export class Certificate {
  readonly #paths: { readonly cert: string; readonly key: string };
  readonly #log: Logger;
  #files: TlsFiles;

  private constructor(cert: string, key: string, log: Logger) {
    this.#paths = { cert, key };
    this.#log = log;
    this.#files = this.#read();
  }

  /** @throws SimloftError `setting_invalid` */
  static of({ tlsCert, tlsKey }: Pick<Settings, 'tlsCert' | 'tlsKey'>, log: Logger): Certificate {
    if (tlsCert === null) throw wrong('TLS_CERT', 'TLS_KEY is set, and TLS_CERT is not: both are needed.');
    if (tlsKey === null) throw wrong('TLS_KEY', 'TLS_CERT is set, and TLS_KEY is not: both are needed.');
    return new Certificate(tlsCert, tlsKey, log);
  }

  /** Makes the server that listens; its limits are Node's own, as those of the plain one. */
  readonly serverFactory = (handler: RequestListener): Server =>
    createServer({ ...this.#files, minVersion: 'TLSv1.2' }, handler);

  /** Gives the server a certificate that was renewed. One that cannot be used is told in the log, and the one before goes on. */
  keepFresh(server: Server): Timer {
    let timer: Timer;
    const look = () => {
      timer = systemClock.after(lookEveryMs, look);
      try {
        const files = this.#read();
        if (files.cert.equals(this.#files.cert) && files.key.equals(this.#files.key)) return;
        this.#files = files;
        if (server instanceof SecureServer) server.setSecureContext(files);
        this.#log.info({}, 'The certificate was renewed.');
      } catch (error) {
        this.#log.error({ err: error }, 'The renewed certificate cannot be used.');
      }
    };
    timer = systemClock.after(lookEveryMs, look);
    return { cancel: () => timer.cancel() };
  }

  #read(): TlsFiles {
    const files = { cert: read('TLS_CERT', this.#paths.cert), key: read('TLS_KEY', this.#paths.key) };
    try {
      createSecureContext(files);
    } catch (cause) {
      const text = `TLS_CERT (${this.#paths.cert}) and TLS_KEY (${this.#paths.key}) cannot be used together: ${said(cause)}. Both are in PEM, the key without a password, and belong together.`;
      throw wrong('TLS_CERT', text, cause);
    }
    return files;
  }
}

function read(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw wrong(setting, `${setting} names a file that cannot be read: ${said(cause)}.`, cause);
  }
}

const said = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const wrong = (setting: string, text: string, cause?: unknown): SimloftError =>
  new SimloftError('setting_invalid', text, { details: { setting }, cause });
