import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { SimloftError } from '../core/errors.ts';
import { type CheckedPlace, fixedLookup } from './guard.ts';
import { answerOctets, type HttpLetter } from './letter.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly answer: string;
  /** The header `retry-after` as it came; null without one. */
  readonly retryAfter: string | null;
}

/**
 * Sends a letter to a place that was checked, and to no other: the name is not resolved again, redirects are not followed, no
 * proxy of the environment is used.
 * @throws whatever the connection ends with; the signal's reason.
 */
export function sendHttp(
  letter: HttpLetter,
  { url, addresses }: CheckedPlace,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  const headers = {
    'user-agent': 'Simloft',
    'accept-encoding': 'identity',
    ...letter.headers,
    'content-length': String(Buffer.byteLength(letter.body)),
  };
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      // A connection of its own: one that is kept open would be used again without its address being looked at.
      { method: letter.method, headers, lookup: fixedLookup(addresses), agent: false, signal },
      (response) => {
        readAnswer(response).then(resolve, reject);
      },
    );
    asked.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    asked.end(letter.body);
  });
}

/** The status counts as soon as it is there; of the rest only the beginning is waited for. */
async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const { statusCode, headers } = response;
  if (statusCode === undefined) throw new SimloftError('internal', 'An answer without a status.');
  const chunks: Buffer[] = [];
  let octets = 0;
  try {
    for await (const chunk of response) {
      const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      chunks.push(piece);
      octets += piece.length;
      if (octets >= answerOctets) break;
    }
  } catch {
    // Cut off in the middle of what it said; what it meant is known.
  } finally {
    response.destroy();
  }
  const answer = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, answerOctets));
  return { status: statusCode, answer, retryAfter: headers['retry-after'] ?? null };
}
