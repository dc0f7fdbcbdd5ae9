import { join } from 'node:path';
import { GatewayProcess, temporaryFolder } from './gateway-process.ts';
import { TestBrowser } from './page.ts';
import { until } from './until.ts';

/** A gateway on its virtual modem with a few messages and a call, and a browser. */
export interface PageHouse extends AsyncDisposable {
  readonly gateway: GatewayProcess;
  readonly browser: TestBrowser;
  /** An order to the other side of the air. */
  demo(order: object): Promise<Response>;
  deliver(from: string, text: string): Promise<Response>;
  /** Kills the gateway; `start` begins it again at the same address. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const longText = 'One of many words that are not broken anywhere. '.repeat(12).trim();

export async function openPageHouse(): Promise<PageHouse> {
  const folder = temporaryFolder();
  const begin = (port: string) =>
    GatewayProcess.start({ DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'warn', PORT: port });
  const isReady = async () => (await fetch(`${house.gateway.base}/health/ready`)).ok;
  const [first, browser] = await Promise.all([begin('0'), TestBrowser.start()]);
  const house = {
    gateway: first,
    browser,
    demo: (order: object) => house.gateway.post('/v1/demo', order),
    deliver: (from: string, text: string) => house.demo({ do: 'sms', from, text }),
    kill: async () => void (await house.gateway.end('SIGKILL')),
    async start() {
      house.gateway = await begin(new URL(house.gateway.base).port);
      await until('the modem to be ready', isReady, 30_000);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await house.gateway.end('SIGTERM');
      folder[Symbol.dispose]();
    },
  };
  await until('the modem to be ready', isReady, 30_000);
  await house.deliver('+79165550101', 'Your verification code is 124 556. It is valid for 10 minutes.');
  await house.deliver('Shop', '<img src=x onerror="document.title=1"><b>bold</b> & 0042 left');
  await house.deliver('+972505550102', 'שלום, הקוד שלך הוא 553311');
  await house.deliver('+79165550103', `${longText} 👍`);
  await house.gateway.post('/send-sms', { phone: '+79165550101', text: 'Thank you' });
  await house.demo({ do: 'call', from: '+74955550104', rings: 1 });
  await until('all of it to be there', async () => {
    const [messages, calls] = [
      await house.gateway.get<unknown[]>('/get-sms'),
      await house.gateway.get<unknown[]>('/get-calls'),
    ];
    return messages.length >= 4 && calls.length > 0;
  });
  return house;
}
