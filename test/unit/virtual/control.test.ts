import { describe, expect, it } from 'vitest';
import { runControlRequest } from '../../../src/virtual/control-requests.ts';
import { Dialogue } from './dialogue.ts';

describe('requests to steer the modem', () => {
  it('offers an example of each, and each example is understood', async () => {
    const dialogue = await Dialogue.ready();
    const { requests } = runControlRequest('{"do":"help"}', dialogue.modem);
    expect(Array.isArray(requests) && requests.length).toBeGreaterThan(20);
    for (const example of Array.isArray(requests) ? requests.map(String) : []) {
      if (example.includes('"report"') || example.includes('[2,1,1]')) continue;
      expect(() => runControlRequest(example, dialogue.modem), example).not.toThrow();
    }
  });

  it('delivers, rings and tells', async () => {
    const dialogue = await Dialogue.ready();
    const ask = (request: object) => runControlRequest(JSON.stringify(request), dialogue.modem);
    expect(ask({ do: 'sms', from: '+79161234567', text: 'Привет' })).toEqual({});
    expect(ask({ do: 'storage' })).toMatchObject({
      SM: [{ index: 1, status: 0 }],
      ME: [],
      SR: [],
      pending: 0,
      delivered: 1,
    });
    ask({ do: 'call', from: null, rings: 1 });
    expect(ask({ do: 'state' })).toMatchObject({
      plugged: true,
      silent: false,
      registration: 1,
      ringing: true,
      sim: { state: 'READY' },
      misuse: 0,
    });
    ask({ do: 'hangup' });
    expect(ask({ do: 'calls' })).toMatchObject({ calls: [{ number: null, end: 'caller-gone' }] });
    ask({ do: 'ussd', code: '*5#', text: 'menu', status: 1, menu: { 1: { text: 'one' } } });
    await dialogue.say('AT+CUSD=1,"*5#",15\r');
    expect(await dialogue.say('AT+CUSD=1,"1",15\r')).toContain('+CUSD: 0,"one",15');
    ask({ do: 'fault', name: 'unplug' });
    expect(ask({ do: 'state' })).toMatchObject({ plugged: false });
  });

  it.each([
    ['no JSON', 'hello', /one JSON object/],
    ['a list', '[]', /JSON object/],
    ['an unknown request', '{"do":"smz"}', /no request "smz". Is "sms" meant\?/],
    ['a request far from any', '{"do":"frobnicate"}', /help/],
    ['nothing to do', '{}', /no request ""/],
    ['a missing field', '{"do":"sms","from":"1"}', /"text" is missing/],
    [
      'an unknown field',
      '{"do":"sms","from":"1","text":"x","flahs":true}',
      /no field "flahs" here. Is "flash" meant\?/,
    ],
    ['a wrong kind', '{"do":"call","from":5}', /"from" must be a text/],
    ['a wrong choice', '{"do":"dial","outcome":"maybe"}', /one of rings, answers, busy, no-carrier/],
    ['an unknown fault', '{"do":"fault","name":"unplugg"}', /Is "unplug" meant\?/],
    ['a PDU that is no hex', '{"do":"pdu","hex":"xyz"}', /hex digits/],
  ])('refuses %s', async (_name, line, sentence) => {
    const dialogue = await Dialogue.ready();
    expect(() => runControlRequest(line, dialogue.modem)).toThrow(sentence);
    expect(dialogue.modem.stored('SM')).toEqual([]);
  });
});
