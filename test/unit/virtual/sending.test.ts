import { describe, expect, it } from 'vitest';
import { ctrlZ, Dialogue, testSubmit } from './dialogue.ts';

async function send(dialogue: Dialogue, ms = 0): Promise<string> {
  await dialogue.say('AT+CMGS=26\r', ms === 0 ? 0 : 500);
  return dialogue.say(`${testSubmit}${ctrlZ}`, ms);
}

describe('sending', () => {
  it('gives the network the message and the program its reference, one more each time', async () => {
    const dialogue = await Dialogue.ready();
    const references = [await send(dialogue), await send(dialogue)].map((answer) =>
      Number(/^\r\n\+CMGS: (\d+)\r\n\r\nOK\r\n$/.exec(answer)?.[1]),
    );
    expect((references[0] ?? 0) + 1).toBe(references[1]);
    expect(dialogue.modem.network.submitted[1]).toEqual({
      recipient: '+79161234567',
      text: 'Test {1} €',
      alphabet: 'gsm7',
      flash: false,
      reportRequested: true,
      validityMinutes: 1440,
      messageReference: references[1],
      pdu: testSubmit,
      at: dialogue.clock.now(),
    });
  });

  it('takes its time', async () => {
    const dialogue = await Dialogue.ready({ submitMs: 3000 });
    expect(await send(dialogue, 2999)).toBe('');
    expect(await dialogue.wait(1)).toContain('+CMGS');
  });

  it.each([
    [{ code: 38 }, '\r\n+CMS ERROR: 38\r\n', 0],
    [{ code: 332, sentAnyway: true }, '\r\n+CMS ERROR: 332\r\n', 1],
    [{ code: 'ERROR' }, '\r\nERROR\r\n', 0],
    [{ code: 'nothing' }, '\r\nOK\r\n', 0],
  ] as const)('fails as the network wants: %o', async (failure, answer, submitted) => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.failNext(failure);
    expect(await send(dialogue)).toBe(answer);
    expect(dialogue.modem.network.submitted).toHaveLength(submitted);
    expect(await send(dialogue)).toContain('+CMGS');
  });

  it('may lose the answer; a program may give up after three minutes', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.setReports({ statuses: [] });
    dialogue.modem.network.loseNextAnswer();
    expect(await send(dialogue, 180_000)).toBe('');
    expect(dialogue.modem.network.submitted).toHaveLength(1);
    expect(await dialogue.say('\x1b\rAT\r')).toContain('\r\nOK\r\n');
    expect(dialogue.modem.misuse).toEqual([]);
  });

  it('is refused without network and without a service centre', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.setRegistration(3);
    expect(await send(dialogue)).toBe('\r\n+CMS ERROR: 331\r\n');
    dialogue.modem.network.setRegistration(5);
    await dialogue.say('AT+CSCA=""\r');
    expect(await send(dialogue)).toBe('\r\n+CMS ERROR: 330\r\n');
    await dialogue.say('AT+CSCA="+79168999100",145\r');
    expect(await send(dialogue)).toContain('+CMGS');
  });

  it('does not happen when the cable is pulled before the network has it', async () => {
    const dialogue = await Dialogue.ready({ submitMs: 4000 });
    await send(dialogue, 1000);
    dialogue.modem.faults.unplug();
    await dialogue.clock.advance(10_000);
    expect(dialogue.modem.network.submitted).toEqual([]);
    dialogue.modem.faults.replug();
    dialogue.open();
    await dialogue.say('ATE0\r');
    await send(dialogue, 3000);
    dialogue.modem.faults.unplug();
    expect(dialogue.modem.network.submitted).toHaveLength(1);
  });

  it('keeps a draft', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.say('AT+CMGW=26\r');
    expect(await dialogue.say(`${testSubmit}${ctrlZ}`)).toBe('\r\n+CMGW: 1\r\n\r\nOK\r\n');
    expect(dialogue.modem.stored('SM')).toEqual([{ index: 1, status: 2, pdu: testSubmit }]);
  });
});

describe('status reports', () => {
  it('come two seconds later into SR, announced by +CDSI', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', noise: false, latencyMs: 0, submitMs: 0 });
    await send(dialogue);
    expect(await dialogue.wait(2000)).toBe('\r\n+CDSI: "SR",1\r\n');
    await dialogue.say('AT+CPMS="SR"\r');
    const { messageReference } = dialogue.modem.network.submitted[0] ?? { messageReference: -1 };
    const answer = await dialogue.say('AT+CMGR=1\r');
    const reference = messageReference.toString(16).toUpperCase().padStart(2, '0');
    expect(answer).toMatch(
      new RegExp(`^\\r\\n\\+CMGR: ,,25\\r\\n07919761989901F006${reference}0B919761214365F7[\\dA-F]{28}00\\r\\n`),
    );
  });

  it('come as +CDS with ds=1, and not at all with ds=0', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.say('AT+CNMI=2,1,0,1,0\r');
    await send(dialogue);
    expect(await dialogue.wait(2000)).toMatch(/^\r\n\+CDS: 25\r\n[\dA-F]+\r\n$/);
    await dialogue.say('AT+CNMI=2,1,0,0,0\r');
    await send(dialogue);
    expect(await dialogue.wait(5000)).toBe('');
    expect(dialogue.modem.stored('SR')).toEqual([]);
  });

  it('come as planned: temporary, then final; or never; or by hand', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.setReports({ statuses: [0x30, 0x00], delayMs: 1000 });
    await send(dialogue);
    await dialogue.clock.advance(2000);
    expect(dialogue.modem.stored('SR').map(({ pdu }) => pdu.slice(-2))).toEqual(['30', '00']);
    dialogue.modem.network.setReports({ statuses: [] });
    await send(dialogue);
    await dialogue.clock.advance(60_000);
    expect(dialogue.modem.stored('SR')).toHaveLength(2);
    dialogue.modem.network.report(dialogue.modem.network.submitted[1]?.messageReference ?? -1, 0x46);
    expect(dialogue.modem.stored('SR')).toHaveLength(3);
    expect(() => dialogue.modem.network.report(999, 0)).toThrow(/message reference 999/);
  });
});
