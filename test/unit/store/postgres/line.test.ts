import { describe, expect, it } from 'vitest';
import { Line } from '../../../../src/store/postgres/line.ts';
import { mayBegin } from '../../../../src/store/postgres/transaction.ts';

/** Enters with a key each and tells who has begun, in order. */
function entering(line: Line<string | null>) {
  const begun: string[] = [];
  const leave = new Map<string, () => void>();
  const enter = (name: string, key: string | null) =>
    line.enter(key).then(
      (end) => {
        begun.push(name);
        leave.set(name, end);
      },
      (error: Error) => void begun.push(`${name}: ${error.message}`),
    );
  return { begun, enter, leave: (name: string) => leave.get(name)?.() };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('transactions in line', () => {
  it('with different keys run side by side, with the same key or none one after the other, none overtaken for ever', async () => {
    const { begun, enter, leave } = entering(new Line(mayBegin));
    void enter('a', 'a');
    void enter('b', 'b');
    void enter('a again', 'a');
    void enter('alone', null);
    void enter('c after alone', 'c');
    await settle();
    expect(begun).toEqual(['a', 'b']);
    leave('a');
    await settle();
    expect(begun).toEqual(['a', 'b', 'a again']);
    leave('a again');
    leave('b');
    await settle();
    expect(begun).toEqual(['a', 'b', 'a again', 'alone']);
    leave('alone');
    await settle();
    expect(begun.at(-1)).toBe('c after alone');
  });

  it('are all sent away when there is nothing to wait for, and those that come later may begin', async () => {
    const line = new Line(mayBegin);
    const { begun, enter, leave } = entering(line);
    void enter('a', null);
    void enter('b', null);
    void enter('c', 'c');
    await settle();
    line.failWaiting(new Error('lost'));
    await settle();
    expect(begun).toEqual(['a', 'b: lost', 'c: lost']);
    leave('a');
    await enter('d', null);
    expect(begun.at(-1)).toBe('d');
  });

  it('end before it is closed, and nobody new is taken', async () => {
    const line = new Line(mayBegin);
    const { begun, enter, leave } = entering(line);
    void enter('a', null);
    void enter('b', null);
    await settle();
    let closed = false;
    const closing = line.close(new Error('closed')).then(() => (closed = true));
    await enter('c', null);
    leave('a');
    await settle();
    expect([begun, closed]).toEqual([['a', 'c: closed', 'b'], false]);
    leave('b');
    await closing;
    await line.close(new Error('again'));
  });
});
