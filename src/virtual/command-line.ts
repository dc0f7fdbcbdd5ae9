/** One command of a line: `AT+CMGF=0` is `+CMGF`, form `set`, text `0`. */
export interface Request {
  /** Upper case: `+CMGF`, `E`, `&D`, `S0`, `D`. */
  readonly key: string;
  readonly form: 'run' | 'read' | 'test' | 'set';
  /** What follows `=`, or the key of a basic command, as it was written. */
  readonly text: string;
  /** The same, cut at commas, without quotes. */
  readonly args: readonly string[];
}

/** Cuts a line into its commands (V.250 §5.2). @returns null when it is not of that form. */
export function parseCommandLine(line: string): readonly Request[] | null {
  let rest = line.trim().slice(2).trimStart();
  const requests: Request[] = [];
  while (rest !== '') {
    const found = /^[+^%$#*]/.test(rest) ? extended(rest) : basic(rest);
    if (found === null) return null;
    requests.push(found.request);
    rest = found.rest.trimStart();
  }
  return requests;
}

interface Found {
  readonly request: Request;
  readonly rest: string;
}

function extended(text: string): Found | null {
  const head = /^([+^%$#*][A-Z][A-Z0-9-]*)\s*(=\?|\?|=|;|$)/i.exec(text);
  if (head === null) return null;
  const [matched, name = '', mark] = head;
  const key = name.toUpperCase();
  const after = text.slice(matched.length);
  if (mark === ';' || mark === '') return { request: { key, form: 'run', text: '', args: [] }, rest: after };
  if (mark === '?' || mark === '=?') {
    if (after !== '' && !after.startsWith(';')) return null;
    return { request: { key, form: mark === '?' ? 'read' : 'test', text: '', args: [] }, rest: after.slice(1) };
  }
  const end = unquotedIndexOf(after, ';');
  const value = (end < 0 ? after : after.slice(0, end)).trim();
  return {
    request: { key, form: 'set', text: value, args: splitArguments(value) },
    rest: end < 0 ? '' : after.slice(end + 1),
  };
}

function basic(text: string): Found | null {
  const dial = /^D(.*)$/is.exec(text);
  if (dial !== null)
    return { request: { key: 'D', form: 'run', text: dial[1] ?? '', args: [dial[1] ?? ''] }, rest: '' };
  const register = /^S(\d+)(?:=(\d*)|(\?))/i.exec(text);
  if (register !== null) {
    const [matched, number, value, question] = register;
    const form = question === undefined ? 'set' : 'read';
    return {
      request: { key: `S${number}`, form, text: value ?? '', args: [value ?? ''] },
      rest: text.slice(matched.length),
    };
  }
  const plain = /^(&?[A-Z])(\d*)/i.exec(text);
  if (plain === null) return null;
  const [matched, letter = '', value = ''] = plain;
  return {
    request: { key: letter.toUpperCase(), form: 'run', text: value, args: [value] },
    rest: text.slice(matched.length),
  };
}

/** Commas inside quotes do not count. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (;;) {
    const comma = unquotedIndexOf(rest, ',');
    parts.push((comma < 0 ? rest : rest.slice(0, comma)).trim().replace(/^"(.*)"$/s, '$1'));
    if (comma < 0) return parts;
    rest = rest.slice(comma + 1);
  }
}

function unquotedIndexOf(text: string, wanted: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === wanted && !quoted) return at;
  }
  return -1;
}
