import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { CheckedPlace } from './guard.ts';
import { answerOctets, type MailLetter, patienceMs } from './letter.ts';

export interface MailAnswer {
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: string | null;
  /** No connection came about. */
  readonly unreachable: boolean;
}

/**
 * Sends a letter by a mail server that was checked: its addresses are used as they are, its name only for the certificate.
 * `plain`: it may go without TLS where the server has none. Never rejects.
 */
export async function sendMail(
  letter: MailLetter,
  place: CheckedPlace,
  { plain }: { plain: boolean },
): Promise<MailAnswer> {
  const transport = createTransport({
    host: place.addresses[0]?.address ?? place.host,
    port: place.port,
    secure: place.url.protocol === 'smtps:',
    requireTLS: !plain,
    tls: isIP(place.host) === 0 ? { servername: place.host } : {},
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(letter.user === null ? {} : { auth: { user: letter.user, pass: letter.password ?? '' } }),
  });
  try {
    const { response } = await transport.sendMail({
      from: letter.from,
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      messageId: `<${letter.id}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { status: codeIn(response), answer: beginningOf(response), error: null, unreachable: false };
  } catch (thrown) {
    return refusalOf(thrown);
  } finally {
    transport.close();
  }
}

/** The library's own words may hold addresses; the server's reply is for the log of deliveries alone. */
function refusalOf(thrown: unknown): MailAnswer {
  const field = (name: string): unknown =>
    typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;
  const [code, response, status] = [field('code'), field('response'), field('responseCode')];
  const why = typeof code === 'string' ? ` (${code})` : '';
  return {
    status: typeof status === 'number' ? status : null,
    answer: typeof response === 'string' ? beginningOf(response) : null,
    error: `The mail server did not take it${why}.`,
    unreachable: code === 'ESOCKET' || code === 'ECONNECTION' || code === 'EDNS',
  };
}

const codeIn = (response: string): number | null => (/^\d{3}\b/.test(response) ? Number(response.slice(0, 3)) : null);
const beginningOf = (text: string): string => text.slice(0, answerOctets);
