import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSecret, newSecret, shownSecret, signatureOf } from '../../../src/webhook/signature.ts';

/**
 * Written from the text of the specification alone: the signed content is `msg_id.timestamp.payload`; the key is what stands in
 * base64 behind `whsec_`; the header is a list, with spaces between, of `v1,` and the HMAC-SHA256 in base64.
 */
function verifies(secret: string, headers: Record<string, string>, payload: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${payload}`;
  const expected = createHmac('sha256', key).update(content).digest('base64');
  return (headers['webhook-signature'] ?? '')
    .split(' ')
    .some((one) => one.startsWith('v1,') && one.slice(3) === expected);
}

describe('the signature', () => {
  const secret = newSecret();
  const body = '{"text":"Код 124556 — 🔑"}';
  const headers = (of: string) => ({
    'webhook-id': 'evt_1_2',
    'webhook-timestamp': '1767225600',
    'webhook-signature': signatureOf(of, { id: 'evt_1_2', timestamp: 1_767_225_600, body }),
  });

  it('is what an implementation of the specification expects', () => {
    expect(verifies(secret, headers(secret), body)).toBe(true);
    expect(verifies(secret, headers(secret), `${body} `)).toBe(false);
    expect(verifies(secret, { ...headers(secret), 'webhook-id': 'evt_1_3' }, body)).toBe(false);
    expect(verifies(secret, { ...headers(secret), 'webhook-timestamp': '1767225601' }, body)).toBe(false);
    expect(verifies(newSecret(), headers(secret), body)).toBe(false);
  });

  it('equals a vector that was computed with OpenSSL', () => {
    // printf 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf %s MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | base64 -d | xxd -p -c99) -binary | base64
    const known = signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_1',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(known).toBe('v1,9o7UeFkn1GjVbcY4emAJruJCYqgH2EIf8u/slvVRBZI=');
  });
});

describe('a secret', () => {
  it('is 32 octets of chance', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).toBe(100);
    expect(secrets.every(isSecret)).toBe(true);
    expect(Buffer.from((secrets[0] ?? '').slice(6), 'base64')).toHaveLength(32);
  });

  it.each([
    '',
    'whsec_',
    'whsec_c2VjcmV0',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    `whsec_${'A'.repeat(88)}`,
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!',
  ])('is not %j', (text) => expect(isSecret(text)).toBe(false));

  it('is masked but for its end', () => {
    expect(shownSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe('whsec_…LaSw');
  });
});
