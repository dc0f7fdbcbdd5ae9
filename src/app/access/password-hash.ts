import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { SimloftError } from '../../core/errors.ts';

/** scrypt (RFC 7914) with 32 MiB and three rounds: half a second on a Raspberry Pi, and for who would guess millions of times. */
const cost = { log2N: 15, r: 8, p: 3 };
const hashOctets = 32;
const saltOctets = 16;
export const shortestPassword = 10;
export const longestPassword = 200;

/** `scrypt$15$8$3$SALT$HASH`, the last two in base64url. @throws SimloftError `request_invalid` for one that is too short or too long */
export async function hashPassword(password: string): Promise<string> {
  const { length } = password;
  if (length < shortestPassword || length > longestPassword) {
    const allowed = `${shortestPassword} to ${longestPassword} characters`;
    throw new SimloftError('request_invalid', `The password has ${length} characters; it must have ${allowed}.`, {
      details: { field: 'password', allowed },
    });
  }
  const salt = randomBytes(saltOctets);
  const hash = await derived(password, salt, cost);
  const { log2N, r, p } = cost;
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed, with the parameters that it was hashed with. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [kind, log2N, r, p, salt = '', hash = ''] = stored.split('$');
  if (kind !== 'scrypt') return false;
  const expected = Buffer.from(hash, 'base64url');
  const parameters = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const shown = await derived(password, Buffer.from(salt, 'base64url'), parameters);
  return expected.length === shown.length && timingSafeEqual(expected, shown);
}

function derived(password: string, salt: Buffer, { log2N, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** log2N;
  // Node refuses to take more than 32 MiB unless it is told.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashOctets, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
