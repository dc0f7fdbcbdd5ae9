import { isIP } from 'node:net';

/** What a setting may be: how it is read from the words a person wrote. */
export interface Kind<T> {
  /** What is allowed, to go into a sentence: "It must be …". */
  readonly allowed: string;
  /** The value, or null when the words are not allowed. */
  read(words: string): T | null;
}

const pattern = (allowed: string, expression: RegExp): Kind<string> => ({
  allowed,
  read: (words) => (expression.test(words) ? words : null),
});

interface ListRules {
  /** One entry, or null when it is not allowed. */
  readonly read: (word: string) => string | null;
  /** Whether the entries may stand together. */
  readonly fits: (entries: readonly string[]) => boolean;
}

/** What commas separate; one entry is a list too. */
function listOf(allowed: string, { read, fits }: ListRules): Kind<readonly string[]> {
  return {
    allowed,
    read(words) {
      const entries = words.split(',').flatMap((word) => {
        const entry = word.trim() === '' ? null : read(word.trim());
        return entry === null ? [] : [entry];
      });
      return entries.length === words.split(',').length && fits(entries) ? entries : null;
    },
  };
}

function allDiffer(entries: readonly string[]): boolean {
  return new Set(entries).size === entries.length;
}

/** One of a few words; upper and lower case are the same. */
export function oneOf<const Words extends readonly string[]>(...words: Words): Kind<Words[number]> {
  const allowed = words.map((word) => `\`${word}\``).join(', ');
  return {
    allowed: `one of ${allowed}`,
    read: (given) => words.find((word) => word.toLowerCase() === given.toLowerCase()) ?? null,
  };
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds from `90`, `90s`, `5m`, `1.5h`, `2d` or `500ms`; null for anything else. */
export function readDuration(words: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)$/i.exec(words);
  if (match === null) return null;
  const [, amount = '', unit = ''] = match;
  return Math.round(Number(amount) * (unitMs[unit.toLowerCase()] ?? Number.NaN));
}

/** The longest wait that a JavaScript timer holds is 24.8 days. */
const longestMs = 24 * 86_400_000;

const durationOf = (shortestMs: number, shortest: string, off: boolean): Kind<number> => ({
  allowed: `a duration such as \`30s\`, \`5m\`, \`1h\` or a number of seconds, from ${shortest} to 24 days${off ? ', or `0` for never' : ''}`,
  read(words) {
    const ms = readDuration(words);
    if (ms === null || ms > longestMs) return null;
    return ms >= shortestMs || (off && ms === 0) ? ms : null;
  },
});

const yearMs = 365 * 86_400_000;

/** How long something is kept, ms. */
export const retention: Kind<number> = {
  allowed: 'a duration such as `10m`, `12h` or `365d`, from 1 minute to 20 years',
  read(words) {
    const ms = readDuration(words);
    return ms !== null && ms >= 60_000 && ms <= 20 * yearMs ? ms : null;
  },
};

/** A wait, ms. */
export const duration: Kind<number> = durationOf(1000, '1 second', false);
/** Between two questions to the modem, ms; 0 is never. */
export const interval: Kind<number> = durationOf(5000, '5 seconds', true);
/** Between two sweeps, ms. They cannot be switched off: they are what finds a message whose announcement was lost. */
export const sweep: Kind<number> = durationOf(1000, '1 second', false);

const port = (words: string): string => (words.toLowerCase() === 'auto' ? 'auto' : words);

/** Ports, in the order of the names of their modems; never empty. */
export const modemPorts: Kind<readonly string[]> = listOf(
  'a serial port such as `/dev/ttyUSB1`, `tcp://host:port`, or `auto`; for several modems of one worker their ports with commas between them, without `auto` and each once',
  { read: port, fits: (ports) => allDiffer(ports) && (ports.length === 1 || !ports.includes('auto')) },
);
/** PINs in the order of the modems, null for a card without one; never empty. */
export const pins: Kind<readonly (string | null)[]> = {
  allowed:
    '4 to 8 digits; for several modems of one worker their PINs with commas between them, nothing for a card without one: `1234,,5678`',
  read(words) {
    const given = words.split(',').map((word) => word.trim());
    if (!given.every((word) => word === '' || /^\d{4,8}$/.test(word))) return null;
    return given.map((word) => (word === '' ? null : word));
  },
};
export const ussdCode: Kind<string> = pattern(
  'digits, `*` and `#`, for example `*105#` (in quotes in YAML)',
  /^[*#\d]{1,182}$/,
);
export const path: Kind<string> = { allowed: 'the path of a folder', read: (words) => words };
export const file: Kind<string> = { allowed: 'the path of a file', read: (words) => words };
/** Addresses and networks; never empty. */
export const networks: Kind<readonly string[]> = listOf(
  'IP addresses or networks with commas between them: `127.0.0.1,172.18.0.0/16`',
  { read: (word) => (isNetwork(word) ? word : null), fits: allDiffer },
);

function isNetwork(word: string): boolean {
  const [address = '', bits, ...more] = word.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}
export const host: Kind<string> = pattern('an IP address or the name of this machine', /^[\w.:%-]+$/);

/** Names that are safe in queue names, routing keys, topics and metrics; never empty. */
export const modemNames: Kind<readonly string[]> = listOf(
  '1 to 40 letters, digits, `-` and `_`; for several modems of one worker different names with commas between them',
  { read: (word) => (/^[\w-]{1,40}$/.test(word) ? word : null), fits: allDiffer },
);

/** The URL of a server; the URL itself is kept as it is written. */
export const serverUrl = (schemes: readonly string[], example: string): Kind<string> => ({
  allowed: `a URL such as \`${example}\``,
  read(words) {
    if (!URL.canParse(words)) return null;
    const { protocol, hostname } = new URL(words);
    return schemes.includes(protocol.slice(0, -1)) && hostname !== '' ? words : null;
  },
});

export const tcpPort: Kind<number> = {
  allowed: 'a whole number from 0 to 65535',
  read: (words) => (/^\d{1,5}$/.test(words) && Number(words) <= 65_535 ? Number(words) : null),
};

export const timeZone: Kind<string> = {
  allowed: 'an IANA time zone such as `Europe/Moscow` or `UTC`',
  read(words) {
    // Intl takes offsets such as +03:00 too, which the TZ of POSIX reads with the opposite sign.
    if (!/^[A-Za-z]/.test(words)) return null;
    try {
      return new Intl.DateTimeFormat('en', { timeZone: words }).resolvedOptions().timeZone;
    } catch {
      return null;
    }
  },
};

/** A regular expression with one group, which is what is looked for; further groups must be `(?:…)`. */
export const capturePattern: Kind<RegExp> = {
  allowed: 'a regular expression with exactly one group in round brackets',
  read(words) {
    try {
      const groups = new RegExp(`${words}|`, 'u').exec('');
      return groups?.length === 2 ? new RegExp(words, 'iu') : null;
    } catch {
      return null;
    }
  },
};
