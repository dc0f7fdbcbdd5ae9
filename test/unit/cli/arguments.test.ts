import { describe, expect, it } from 'vitest';
import { type CommandSpec, helpPage, readArguments } from '../../../src/cli/arguments.ts';
import { printable } from '../../../src/cli/printable.ts';

const spec: CommandSpec = {
  name: 'inbox',
  usage: '[WORD]',
  summary: 'Shows messages.',
  options: {
    sender: { type: 'string', value: 'PART', help: 'only of this sender' },
    json: { type: 'boolean', help: 'as JSON' },
  },
};

describe('readArguments', () => {
  it('tells words, values and flags apart', () => {
    const { words, strings, flags } = readArguments(spec, ['one', '--sender', '+7916', '--json', 'two']);
    expect([words, strings, [...flags]]).toEqual([['one', 'two'], { sender: '+7916' }, ['json']]);
    expect(readArguments(spec, ['--sender=a=b']).strings).toEqual({ sender: 'a=b' });
    expect(readArguments(spec, ['--', '--json']).words).toEqual(['--json']);
  });

  it.each([
    [['--sendre', 'x'], 'Did you mean --sender?'],
    [['--colour'], 'See simloft inbox --help.'],
    [['--sender'], '--sender needs a value: --sender PART.'],
    [['--sender', '--json'], '--sender needs a value: --sender PART.'],
    [['--json=1'], '--json takes no value.'],
  ])('refuses %j in a sentence', (argv, sentence) => {
    expect(() => readArguments(spec, argv)).toThrow(sentence);
  });
});

describe('helpPage', () => {
  it('shows usage, summary and options', () => {
    expect(helpPage(spec)).toBe(
      [
        'Usage: simloft inbox [WORD] [options]',
        '',
        'Shows messages.',
        '',
        'Options:',
        '  --sender PART  only of this sender',
        '  --json         as JSON',
        '',
      ].join('\n'),
    );
  });
});

describe('printable', () => {
  it('lets no control sequence reach a terminal', () => {
    expect(printable('a\u001b[31mred\u0007\u202etxt\u009b')).toBe('a·[31mred··txt·');
    expect(printable('Привет 👍')).toBe('Привет 👍');
  });
});
