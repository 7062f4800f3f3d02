import type { PayResponse } from '../../tools/client/service-client.ts';
import type { Fault } from '../../tools/client/simulator-client.ts';
import type { BuyerActor } from '../clients/buyer-actor.ts';
import { RetriesExhaustedError } from '../clients/recording-sender.ts';
import type { ScenarioServices } from '../clients/scenario-services.ts';
import { randomCashierInput } from './cashier-input.ts';
import { runMerchantOrder } from './merchant-order.ts';
import { countEvent, type ScenarioContext } from './scenario-context.ts';
import { placeOrder } from './place-order.ts';
import { runAfterSale } from './after-sale.ts';
import { Random } from './random.ts';

/** How buyers pay, with weights. None is malicious, but few follow the regular path. */
const PURCHASE_SCENARIOS = {
  payNormally: 40,
  closeAppAfterPaying: 10,
  cancelSheetThenPay: 8,
  neverPay: 5,
  openSheetOnly: 4,
  payByTwoTradeTypes: 6,
  payOnTwoPhones: 6,
  cancelOrder: 4,
  cancelOrderWhilePaying: 8,
  payAtExpiry: 5,
  failPasswordThenPay: 4,
  payLocallyClosedAttempt: 3,
};

/** The part of the orders that the merchant's own system sells. */
const MERCHANT_SHARE = 0.25;

/** Runs one order: the buyer places it, pays it, and possibly asks for a refund. */
export async function runOrderScenario(context: ScenarioContext, number: number) {
  const random = new Random(context.seed, `scenario ${number}`);
  const buyer = random.pick(context.buyers);
  try {
    if (random.chance(MERCHANT_SHARE)) {
      await runMerchantOrder(context, random, number);
      return;
    }
    const order = await placeOrder(context, buyer, random, number);
    const way = random.weighted(PURCHASE_SCENARIOS);
    countEvent(context, way);
    await runPurchase(context, { way, buyer, order, random });
    await runAfterSale(context, { buyer, orderNo: order.orderNo, random, number });
  } catch (error) {
    if (error instanceof RetriesExhaustedError) countEvent(context, 'ended: retries exhausted');
    else
      context.clients.sender.violations.push(
        `scenario ${number}: ${error instanceof Error ? error.stack : String(error)}`,
      );
  }
}

async function runPurchase(
  { clients, time, concurrency }: ScenarioContext,
  {
    way,
    buyer,
    order: { orderNo, expiresAt },
    random,
  }: {
    way: keyof typeof PURCHASE_SCENARIOS;
    buyer: BuyerActor;
    order: { orderNo: string; expiresAt: string };
    random: Random;
  },
) {
  const pay = async (sheet: PayResponse | null) => {
    const isPaid = await buyer.confirmPayment(sheet, randomCashierInput(random));
    if (isPaid && random.chance(0.8)) await buyer.syncOrder(orderNo);
  };
  switch (way) {
    case 'neverPay':
      return;
    case 'openSheetOnly':
      await buyer.startPayment(orderNo);
      return;
    case 'payNormally':
      return pay(await buyer.startPayment(orderNo));
    case 'closeAppAfterPaying':
      await buyer.confirmPayment(await buyer.startPayment(orderNo), {
        ...randomCashierInput(random),
        outcome: 'ok-lost',
      });
      return;
    case 'cancelSheetThenPay':
      await buyer.confirmPayment(await buyer.startPayment(orderNo), { outcome: 'cancel' });
      return pay(await buyer.startPayment(orderNo));
    case 'payByTwoTradeTypes': {
      const code = await buyer.startPayment(orderNo, 'NATIVE');
      const scans = random.chance(0.5)
        ? buyer.confirmPayment(code, randomCashierInput(random))
        : Promise.resolve(false);
      await Promise.all([scans, buyer.startPayment(orderNo).then(pay)]);
      return;
    }
    case 'payOnTwoPhones': {
      const sheets = await Promise.all([buyer.startPayment(orderNo), buyer.startPayment(orderNo)]);
      await Promise.all(sheets.map(pay));
      return;
    }
    case 'cancelOrder':
      if (random.chance(0.7)) await buyer.startPayment(orderNo);
      await buyer.cancelOrder(orderNo);
      return;
    case 'cancelOrderWhilePaying': {
      const sheet = await buyer.startPayment(orderNo);
      await Promise.all([buyer.cancelOrder(orderNo), pay(sheet)]);
      return;
    }
    case 'payAtExpiry': {
      const sheet = await buyer.startPayment(orderNo);
      const moment = new Date(expiresAt).getTime() + random.int(-400, 1500);
      await concurrency.waitWithoutSlot(60_000, () => time.now() >= moment);
      return pay(sheet);
    }
    case 'payLocallyClosedAttempt':
      return payLocallyClosedAttempt(clients, buyer, orderNo, random);
    case 'failPasswordThenPay': {
      const sheet = await buyer.startPayment(orderNo);
      if (!sheet) return;
      await buyer.openPasswordPrompt(sheet);
      await buyer.confirmPayment(sheet, { outcome: random.pick(['fail', 'cancel'] as const) });
      if (random.chance(0.6)) await pay(await buyer.startPayment(orderNo));
    }
  }
}

/**
 * The response to a first payment attempt is lost, WeChat reports it twice as nonexistent, and the close call is lost
 * too, so the service closes the attempt locally. Then it is paid: late if the order was cancelled, or a duplicate if the
 * order was paid again. The real WeChat should never do this, but the service must still refund the money. If its
 * notice is lost too, only the bill reports the payment.
 */
async function payLocallyClosedAttempt(
  { wechat }: ScenarioServices,
  buyer: BuyerActor,
  orderNo: string,
  random: Random,
) {
  const outTradeNo = `${orderNo}-1`;
  const orderNotExistFault = { kind: 'err_code', errCode: 'ORDERNOTEXIST', errCodeDes: '订单不存在', times: 2 };

  const inject = (fault: Fault) => wechat.injectFault({ ...fault, out_trade_no: outTradeNo });
  await inject({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
  await buyer.tryStartPayment(orderNo, 'NATIVE');
  await inject({ endpoint: 'orderquery', ...orderNotExistFault });
  await inject({ endpoint: 'closeorder', kind: 'reset', when: 'before' });
  if (random.chance(0.5)) await buyer.cancelOrder(orderNo);
  else await buyer.confirmPayment(await buyer.startPayment(orderNo));
  const body = random.chance(0.3) ? ({ notify: 'lost' } as const) : {};
  await wechat.request('POST', '/_control/orders/{out_trade_no}/pay', { path: { out_trade_no: outTradeNo }, body });
  if (random.chance(0.5)) await buyer.syncOrder(orderNo);
}
