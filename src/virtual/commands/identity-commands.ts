import { error, fail, ok } from '../answer.ts';
import type { CommandTable } from '../machine.ts';
import { withSim } from './sim-gate.ts';

/** Who made it, and whose card is in it: TS 27.007 §5. */
export const identityCommands: CommandTable = {
  I: (_, { profile, imei }) =>
    ok([
      `Manufacturer: ${profile.manufacturer}`,
      `Model: ${profile.model}`,
      `Revision: ${profile.revision}`,
      `IMEI: ${imei}`,
      '+GCAP: +CGSM,+DS,+ES',
    ]),
  '+CGMI': ({ form }, { profile }) => (form === 'test' ? ok() : ok(profile.manufacturer)),
  '+CGMM': ({ form }, { profile }) => (form === 'test' ? ok() : ok(profile.model)),
  '+CGMR': ({ form }, { profile }) => (form === 'test' ? ok() : ok(profile.revision)),
  '+CGSN': ({ form }, { imei }) => (form === 'test' ? ok() : ok(imei)),
  '+GMI': (_, { profile }) => ok(profile.manufacturer),
  '+GMM': (_, { profile }) => ok(profile.model),
  '+GSN': (_, { imei }) => ok(imei),
  '+GCAP': () => ok('+GCAP: +CGSM,+DS,+ES'),
  '+CIMI': withSim('cme', ({ form }, { sim }) => (form === 'test' ? ok() : ok(sim.imsi))),
  '+CCID': withSim('cme', ({ form }, { sim, profile }) =>
    form === 'set' || profile.zte ? error : ok(`+CCID: ${sim.iccid}`),
  ),
  '+ICCID': withSim('cme', ({ form }, { sim, profile }) =>
    form === 'set' || !profile.zte ? error : ok(`ICCID: ${sim.iccid}`),
  ),
  // READ BINARY of EF-ICCID, whose digits are swapped pairwise (TS 51.011 §10.1.1).
  '+CRSM': withSim('cme', ({ form, args: [command, file, , , length] }, { sim }) => {
    if (form !== 'set' || command !== '176' || file !== '12258') return fail({ cme: 4 });
    if (length !== '10') return ok('+CRSM: 103,0,""');
    const swapped = sim.iccid.padEnd(20, 'F').replaceAll(/(.)(.)/g, '$2$1');
    return ok(`+CRSM: 144,0,"${swapped}"`);
  }),
  '+CNUM': withSim('cme', () => ok()),
};
