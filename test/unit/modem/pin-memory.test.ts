import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilePinMemory } from '../../../src/modem/pin-memory.ts';

const card = '89701010000000000001';

describe('the memory for PINs', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'simloft-pin-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('remembers across restarts, by card and PIN', () => {
    new FilePinMemory(directory).remember(card, '1234');
    const memory = new FilePinMemory(directory);
    expect(memory.tried(card, '1234')).toBe(true);
    expect(memory.tried(card, '1235')).toBe(false);
    expect(memory.tried('89701010000000000002', '1234')).toBe(false);
    expect(memory.tried(null, '1234')).toBe(false);
  });

  it('remembers cards that do not tell their number', () => {
    const memory = new FilePinMemory(directory);
    memory.remember(null, '1234');
    expect(memory.tried(null, '1234')).toBe(true);
    expect(memory.tried(card, '1234')).toBe(false);
  });

  it('forgets a PIN that was right, and only that', () => {
    const memory = new FilePinMemory(directory);
    memory.remember(card, '1234');
    memory.remember(card, '9999');
    memory.forget(card, '1234');
    expect(memory.tried(card, '1234')).toBe(false);
    expect(memory.tried(card, '9999')).toBe(true);
  });

  it('writes neither the PIN nor the card', () => {
    new FilePinMemory(directory).remember(card, '1234');
    const text = readFileSync(join(directory, 'pin-memory.json'), 'utf8');
    expect(text).not.toMatch(/"1234"/);
    expect(text).not.toContain(card);
  });

  it('refuses to guess when its file is broken: a PIN must not be tried then', () => {
    for (const broken of ['', '{', '{}', '[{"card":1}]']) {
      writeFileSync(join(directory, 'pin-memory.json'), broken);
      expect(() => new FilePinMemory(directory).tried(card, '1234')).toThrow(/no PIN is tried/);
    }
  });

  it('says so when it cannot write', () => {
    const memory = new FilePinMemory(join(directory, 'missing'));
    expect(() => memory.remember(card, '1234')).toThrow(/no PIN is tried/);
    mkdirSync(join(directory, 'missing'));
    memory.remember(card, '1234');
    expect(memory.tried(card, '1234')).toBe(true);
  });
});
