import { Agent } from 'undici';
import { BuyerClient, logInBuyer } from '../../tools/client/buyer-client.ts';
import { createSender } from '../../tools/client/http.ts';
import { ServiceClient, Session } from '../../tools/client/service-client.ts';
import { SimulatorClient } from '../../tools/client/simulator-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';

/**
 * Simulates buyers with mini-programs, in its own process. Each buyer logs in, orders, requests the payment, pays,
 * waits until the shop shows the order as paid, and starts again. Steps are timed as a phone sees them; the simulator's
 * work for the payer between them is not.
 */

/** The message to this process. */
interface BuyerLoad {
  shops: string[];
  wechat: string;
  productIds: string[];
  buyers: number;
  seconds: number;
}

/**
 * `notify`: from the payment, including the notice to the shop and the shop's response, to the payer's phone;
 * `read`: `GET /api/orders/{orderNo}` after that
 */
export type Step = 'login' | 'order' | 'pay' | 'notify' | 'read';

/** The message of this process when all buyers have finished. */
export interface Sales {
  seconds: number;
  sold: number;
  /** Sales that the first read did not show as paid. */
  confirmedLate: number;
  /** In milliseconds. */
  steps: Record<Step, number[]>;
}

const send = createSender({ dispatcher: new Agent({ connections: 128 }) });
/** A sale that takes longer than this has failed. */
const PAYMENT_TIMEOUT_MS = 20_000;

process.on('message', (load: BuyerLoad) => {
  runBuyers(load).then(
    (sales) => process.send?.(sales),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function runBuyers({ shops, wechat: wechatUrl, productIds, buyers, seconds }: BuyerLoad): Promise<Sales> {
  const sales: Sales = {
    seconds: 0,
    sold: 0,
    confirmedLate: 0,
    steps: { login: [], order: [], pay: [], notify: [], read: [] },
  };
  let turn = 0;
  // Each call goes to the next instance, as behind a proxy without sticky sessions.
  const service = new ServiceClient(() => shops[turn++ % shops.length] ?? '', send);
  const wechat = new SimulatorClient(wechatUrl, send);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const runBuyer = async (number: number): Promise<void> => {
    while (performance.now() < endsAt) {
      const productId = productIds[(number + sales.sold) % productIds.length] ?? '';
      await buy({ service, wechat, productId, sales });
      sales.sold++;
    }
  };
  await Promise.all(Array.from({ length: buyers }, (_, number) => runBuyer(number)));
  sales.seconds = (performance.now() - startedAt) / 1000;
  return sales;
}

interface Purchase {
  service: ServiceClient;
  wechat: SimulatorClient;
  productId: string;
  sales: Sales;
}

async function buy({ service, wechat, productId, sales }: Purchase): Promise<void> {
  const timed = async <Result>(step: Step, work: () => Promise<Result>): Promise<Result> => {
    const sentAt = performance.now();
    const result = await work();
    sales.steps[step].push(performance.now() - sentAt);
    return result;
  };
  const { code, openid } = await wechat.wxLogin();
  const { token } = expectOk('login', await timed('login', () => logInBuyer(service, code)));
  const buyer = new BuyerClient(service, new Session(null, token));
  const items = [{ productId, quantity: 1 }];
  const { orderNo } = expectOk('order', await timed('order', () => buyer.createOrder(items)));
  const { requestPayment } = expectOk('pay', await timed('pay', () => buyer.startPayment(orderNo, 'JSAPI')));
  // The phone shows the payment once the shop has responded to the notice: a payer waits for that.
  await timed('notify', () => wechat.confirmPayment(openid, requestPayment, { notify: 'before-answer' }));
  const seen = expectOk('read', await timed('read', () => buyer.getOrder(orderNo)));
  if (seen.status === 'PAID') return;
  sales.confirmedLate++;
  const deadline = performance.now() + PAYMENT_TIMEOUT_MS;
  while (expectOk('sync', await buyer.syncOrder(orderNo)).status !== 'PAID') {
    if (performance.now() > deadline) throw new Error(`${orderNo} was paid, but the shop does not show it as paid.`);
  }
}
