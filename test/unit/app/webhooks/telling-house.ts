import { createWebhookTeller, type WebhookTeller } from '../../../../src/app/webhooks/teller.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import type { NewWebhookTarget } from '../../../../src/store/webhook-records.ts';
import { createCarrier } from '../../../../src/webhook/carrier.ts';
import { lookupAll } from '../../../../src/webhook/guard.ts';
import type { Carrier } from '../../../../src/webhook/letter.ts';
import { newSecret } from '../../../../src/webhook/signature.ts';
import { until } from '../../../support/until.ts';
import { changeAndTell } from '../../../../src/app/feed.ts';
import { inbound } from '../../../contract/store-records.ts';
import { type House, modem, openHouse } from '../house.ts';

/** A house whose webhooks go to real targets on this machine, while its clock is told when to go on. */
export interface TellingHouse extends House {
  readonly teller: WebhookTeller;
  anotherTeller(): WebhookTeller;
  readonly carrier: Carrier;
  /** A target that is told of everything, unless `change` says otherwise. Returns its id. */
  addTarget(url: string, change?: Partial<NewWebhookTarget>): Promise<number>;
  /** A message comes in. Returns its id. */
  receive(sender: string, text: string): Promise<number>;
  /** Lets time pass; what is on its way arrives or fails in no time, but for `hanging` of them. */
  pass(ms: number, hanging?: number): Promise<void>;
}

export async function openTellingHouse(): Promise<TellingHouse> {
  const house = await openHouse();
  const { store, bus, clock } = house;
  let underWay = 0;
  const real = createCarrier({ clock, ownPorts: [], lookup: lookupAll });
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    underWay += 1;
    return work.finally(() => {
      underWay -= 1;
    });
  };
  const carrier: Carrier = {
    carry: (letter, options) => counted(real.carry(letter, options)),
    reach: (url, options) => counted(real.reach(url, options)),
  };
  const random = seededRandom(5);
  // Days pass here, and each look is work.
  const lookEveryMs = 20_000;
  const anotherTeller = () =>
    createWebhookTeller({ store, bus, clock, random, carrier, log: silentLogger, shared: false, lookEveryMs });
  const teller = anotherTeller();
  teller.start();
  const rest = async (hanging: number) => {
    // What arrived is written and the next is taken: three rounds without anything under way are rest.
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await clock.advance(0);
      if (underWay > hanging) quiet = -1;
      await until('what is on its way', () => underWay <= hanging);
    }
  };
  await rest(0);
  return {
    ...house,
    teller,
    anotherTeller,
    carrier,
    addTarget: (url, change = {}) =>
      store.transaction(async (tx) =>
        tx.addWebhookTarget({
          name: url,
          url,
          secret: newSecret(),
          template: 'json',
          options: {},
          filters: { events: [], senders: [], text: null, modems: [] },
          allowInsecure: false,
          enabled: true,
          disabledWhy: null,
          afterEvent: (await tx.feedEnds()).last,
          createdAt: clock.now(),
          ...change,
        }),
      ),
    async receive(sender, text) {
      const told = await changeAndTell(house, async (tx) => {
        const storedAt = await tx.stamp(clock.now());
        const id = await tx.addInbound(inbound({ sender, text, modem, storedAt }));
        return { id, notices: [{ type: 'message.received', id, modem }] };
      });
      return told.id;
    },
    async pass(ms, hanging = 0) {
      const step = ms > 7_200_000 ? 60_000 : 5_000;
      await rest(hanging);
      for (let passed = 0; passed < ms; passed += step) {
        await clock.advance(Math.min(step, ms - passed));
        await rest(hanging);
      }
    },
    async close() {
      const stopping = teller.stop();
      await clock.advance(5_000);
      await stopping;
      await house.close();
    },
  };
}
