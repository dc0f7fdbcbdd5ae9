import { beforeEach, describe, expect, it } from 'vitest';
import { Slots } from '../../../src/modem/slots.ts';

const five = { memory: 'SM', index: 5 };
const a = '0791';
const b = '0792';

describe('the slots in hand', () => {
  let slots: Slots;
  beforeEach(() => {
    slots = new Slots();
  });

  it('tells a record once and deletes it once it is safe', () => {
    expect(slots.read(five, a, false)).toBe('publish');
    expect(slots.mayDelete(five, a)).toBe(false);
    expect(slots.safe(five, a)).toBe('delete');
    expect(slots.mayDelete(five, a)).toBe(true);
  });

  it('leaves a record alone that another reader has in hand', () => {
    slots.read(five, a, false);
    expect(slots.read(five, a, false)).toBe('leave');
  });

  it('deletes again what is safe and could not be deleted', () => {
    slots.read(five, a, false);
    slots.safe(five, a);
    expect(slots.read(five, a, false)).toBe('delete');
  });

  it('does not delete twice: the slot may hold the next message by then', () => {
    slots.read(five, a, false);
    slots.safe(five, a);
    slots.deleted(five);
    expect(slots.mayDelete(five, a)).toBe(false);
    expect(slots.read(five, b, false)).toBe('publish');
    expect(slots.safe(five, a)).toBe('leave');
    expect(slots.mayDelete(five, a)).toBe(false);
    expect(slots.mayDelete(five, b)).toBe(false);
  });

  it('tells a record again that could not be made safe', () => {
    slots.read(five, a, false);
    slots.unsafe(five, a);
    expect(slots.safe(five, a)).toBe('leave');
    expect(slots.read(five, a, false)).toBe('publish');
  });

  it('keeps the same text in another memory or slot apart', () => {
    slots.read(five, a, false);
    expect(slots.read({ memory: 'ME', index: 5 }, a, false)).toBe('publish');
    expect(slots.read({ memory: 'SM', index: 6 }, a, false)).toBe('publish');
  });

  it("keeps somebody's drafts until room is wanted", () => {
    slots.read(five, a, true);
    expect(slots.safe(five, a)).toBe('leave');
    expect(slots.read(five, a, true)).toBe('leave');
    expect(slots.mayDelete(five, a)).toBe(false);
    expect(slots.releaseDrafts('ME')).toEqual([]);
    expect(slots.releaseDrafts('SM')).toEqual([{ slot: five, pdu: a }]);
    expect(slots.mayDelete(five, a)).toBe(true);
  });

  it('forgets what is no longer listed, but not what is being made safe', () => {
    const six = { memory: 'SM', index: 6 };
    slots.read(five, a, false);
    slots.read(six, b, false);
    slots.safe(six, b);
    slots.listed('SM', new Set());
    expect(slots.mayDelete(six, b)).toBe(false);
    expect(slots.safe(five, a)).toBe('delete');
  });
});
