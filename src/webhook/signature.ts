import { createHmac, randomBytes } from 'node:crypto';

/** The Standard Webhooks specification asks for 24 to 64 octets. */
const secretOctets = 32;
const fewestOctets = 24;
const mostOctets = 64;
const prefix = 'whsec_';

/** A new secret that a target shares with us. */
export const newSecret = (): string => `${prefix}${randomBytes(secretOctets).toString('base64')}`;

/** Whether a text can be a secret: `whsec_` and 24 to 64 octets in base64. */
export const isSecret = (text: string): boolean => {
  const octets = octetsOf(text);
  if (octets.length < fewestOctets || octets.length > mostOctets) return false;
  return `${prefix}${octets.toString('base64')}` === text;
};

/** As it is shown once it is known: enough to tell two apart. */
export const shownSecret = (secret: string): string => `${prefix}…${secret.replace(/=+$/, '').slice(-4)}`;

export interface Signed {
  /** `webhook-id`. */
  readonly id: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** The `webhook-signature` of the Standard Webhooks specification, version 1: HMAC-SHA256 over id, timestamp and body. */
export function signatureOf(secret: string, { id, timestamp, body }: Signed): string {
  const mac = createHmac('sha256', octetsOf(secret)).update(`${id}.${timestamp}.${body}`, 'utf8');
  return `v1,${mac.digest('base64')}`;
}

const octetsOf = (secret: string): Buffer =>
  secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.alloc(0);
