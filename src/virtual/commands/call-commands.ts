import { error, fail, invalid, ok } from '../answer.ts';
import type { CommandTable } from '../machine.ts';

/** Calls: V.250 §6.3, TS 27.007 §6, §7.6, §7.18. */
export const callCommands: CommandTable = {
  D: ({ text }, { exchange, misuse }) => {
    const dialled = /^([+\d*#]+);$/.exec(text.trim());
    if (dialled?.[1] === undefined) {
      misuse.note('ATD without a semicolon would be a data call, or holds what no number has.');
      return fail('NO CARRIER');
    }
    return exchange.dial(dialled[1]);
  },
  A: (_, { exchange }) => (exchange.answer() ? ok() : fail('NO CARRIER')),
  H: (_, { exchange }) => {
    exchange.hangUp();
    return ok();
  },
  '+CHUP': ({ form }, { exchange }) => {
    if (form === 'run') exchange.hangUp();
    return ok();
  },
  '+CLCC': ({ form }, { exchange }) => ok(form === 'run' ? exchange.list() : []),
  '+CLIP': ({ form, text }, { settings, misuse }) => {
    if (form === 'test') return ok('+CLIP: (0,1)');
    if (form === 'read') {
      misuse.note('AT+CLIP? was sent: it asks the network.');
      return ok(`+CLIP: ${settings.clip ? 1 : 0},1`, 'sim');
    }
    if (text !== '0' && text !== '1') return invalid;
    settings.clip = text === '1';
    return ok();
  },
  '+CRC': ({ form, text }, { settings }) => {
    if (form === 'test') return ok('+CRC: (0,1)');
    if (form === 'read') return ok(`+CRC: ${settings.crc ? 1 : 0}`);
    if (text !== '0' && text !== '1') return invalid;
    settings.crc = text === '1';
    return ok();
  },
  '+CEER': () => ok('+CEER: No cause information available'),
  '+VTS': ({ form }) => (form === 'run' ? error : ok()),
};
