import { describe, expect, it } from 'vitest';
import { changesOfOutgoing, fromInbound } from '../../../src/store/rows.ts';

describe('what a change of a record means for its columns', () => {
  it('touches nothing that is not named', () => {
    expect(fromInbound({})).toEqual({});
    expect(changesOfOutgoing({})).toEqual({});
    expect(fromInbound({ text: null })).toEqual({ text: null });
  });

  it('turns flags into numbers and a time stamp into its two columns', () => {
    expect(fromInbound({ imported: false })).toEqual({ imported: 0 });
    expect(fromInbound({ smsc: { at: 5, offsetMinutes: -60 } })).toEqual({ smscAt: 5, smscOffset: -60 });
    expect(fromInbound({ smsc: null })).toEqual({ smscAt: null, smscOffset: null });
    expect(changesOfOutgoing({ flash: true, deliveryReport: false })).toEqual({ flash: 1, deliveryReport: 0 });
  });
});
