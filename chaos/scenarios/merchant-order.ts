import { setTimeout as pause } from 'node:timers/promises';
import type { PaymentOrder, PayResult, Schemas } from '@wx-checkout/client';
import { waitUntil } from '../../tools/process/local-server.ts';
import { randomCashierInput } from './cashier-input.ts';
import { countEvent, type ScenarioContext } from './scenario-context.ts';
import type { Random } from './random.ts';

/** How the orders of the merchant's own system are paid, with weights. */
const MERCHANT_SCENARIOS = {
  payNormally: 40,
  closeAppAfterPaying: 10,
  neverPay: 5,
  payByTwoTradeTypes: 8,
  close: 6,
  closeWhilePaying: 10,
  payAtExpiry: 6,
  reopenAfterExpiry: 8,
};

/** What the merchant's system does after the payment, with weights. */
const MERCHANT_REFUNDS = { none: 55, full: 20, part: 15, twoParts: 10 };

/** How often the merchant's system asks for an order that is about to expire. */
const POLL_MS = 500;

/** One order of the merchant's own system, by its API key. */
interface MerchantSale {
  context: ScenarioContext;
  random: Random;
  number: number;
  openid: string;
  facts: Schemas['CreatePaymentOrderBody'];
  order: PaymentOrder;
}

/** Runs one order of the merchant's own system: a payment order, its payment, and possibly refunds. */
export async function runMerchantOrder(context: ScenarioContext, random: Random, number: number): Promise<void> {
  const sale = await createOrder(context, random, number);
  const way = random.weighted(MERCHANT_SCENARIOS);
  countEvent(context, `merchant: ${way}`);
  await runPayment(sale, way);
  if (random.chance(0.3)) await repeatCreation(sale);
  await runRefunds(sale);
}

async function createOrder(context: ScenarioContext, random: Random, number: number): Promise<MerchantSale> {
  const { merchant, clients, seed } = context;
  const { code, openid } = await clients.wechat.wxLogin();
  const lines = [{ name: '报名费', unitFen: random.int(1, 9000), quantity: random.int(1, 3) }];
  const facts = {
    merchantOrderNo: `M-${seed}-${number}`,
    ...(random.chance(0.5) ? { amountFen: random.int(1, 50_000) } : { lines }),
    payer: random.chance(0.3) ? { code } : { openid },
    metadata: { scenario: String(number) },
  };
  const calls = random.chance(0.25) ? 2 : 1;
  const [order] = await Promise.all(Array.from({ length: calls }, () => merchant.createOrder(facts, openid)));
  if (!order) throw new Error('No payment order was created.');
  return { context, random, number, openid, facts, order };
}

/** As after a crash of the merchant's system, with the same facts, or by mistake with other ones. */
async function repeatCreation({ context, random, openid, facts, order }: MerchantSale): Promise<void> {
  const { merchant, clients } = context;
  if (random.chance(0.7)) {
    await merchant.createOrder(facts, openid);
    return;
  }
  const { merchantOrderNo } = facts;
  const code = await merchant.tryCreateOrder({ merchantOrderNo, amountFen: order.amountFen + 1 });
  if (code !== 'MERCHANT_ORDER_NO_TAKEN')
    clients.sender.violations.push(`${merchantOrderNo}: other facts were answered with ${code ?? 'an order'}`);
}

async function runPayment(sale: MerchantSale, way: keyof typeof MERCHANT_SCENARIOS): Promise<void> {
  const { context, random, openid, order } = sale;
  const { merchant, clients, time, concurrency } = context;
  const { orderNo } = order;
  const confirm = (payment: PayResult | null, decision = {}): Promise<string | null> =>
    payment === null
      ? Promise.resolve(null)
      : clients.wechat.confirmPayment(openid, payment.requestPayment, { ...randomCashierInput(random), ...decision });
  const pay = async (payment: PayResult | null): Promise<void> => {
    const result = await confirm(payment);
    if (result === 'requestPayment:ok' && random.chance(0.8)) await merchant.sync(orderNo);
  };
  switch (way) {
    case 'neverPay':
      return;
    case 'payNormally':
      return pay(await merchant.pay(orderNo));
    case 'closeAppAfterPaying':
      await confirm(await merchant.pay(orderNo), { outcome: 'ok-lost' });
      return;
    case 'payByTwoTradeTypes': {
      const code = await merchant.pay(orderNo, 'NATIVE');
      await Promise.all([random.chance(0.5) ? confirm(code) : null, merchant.pay(orderNo).then(pay)]);
      return;
    }
    case 'close':
      if (random.chance(0.7)) await merchant.pay(orderNo);
      return merchant.close(orderNo);
    case 'closeWhilePaying': {
      const payment = await merchant.pay(orderNo);
      await Promise.all([merchant.close(orderNo), pay(payment)]);
      return;
    }
    case 'payAtExpiry': {
      const payment = await merchant.pay(orderNo);
      const moment = Date.parse(order.expiresAt) + random.int(-400, 1500);
      await concurrency.waitWithoutSlot(60_000, () => time.now() >= moment);
      return pay(payment);
    }
    case 'reopenAfterExpiry':
      return reopenAfterExpiry(sale, pay);
  }
}

async function reopenAfterExpiry(
  { context, random, order: { orderNo, expiresAt } }: MerchantSale,
  pay: (payment: PayResult | null) => Promise<void>,
): Promise<void> {
  const { merchant, time, concurrency } = context;
  if (random.chance(0.5)) await merchant.pay(orderNo);
  await concurrency.waitWithoutSlot(60_000, () => time.now() > Date.parse(expiresAt));
  const isClosed = async (): Promise<boolean> => {
    await pause(POLL_MS);
    return (await merchant.getOrder(orderNo)).status !== 'PENDING';
  };
  await waitUntil(`${orderNo} to be closed`, 60_000, isClosed).catch(() => undefined);
  const calls = random.chance(0.3) ? 2 : 1;
  await Promise.all(Array.from({ length: calls }, () => merchant.reopen(orderNo)));
  if ((await merchant.getOrder(orderNo)).status !== 'PENDING') return;
  countEvent(context, 'merchant: orders reopened');
  if (random.chance(0.7)) await pay(await merchant.pay(orderNo));
}

async function runRefunds({ context, random, number, order: { orderNo } }: MerchantSale): Promise<void> {
  const { merchant, seed } = context;
  const { status, paidFen } = await merchant.getOrder(orderNo);
  if (status !== 'PAID') return;
  countEvent(context, 'orders seen as paid');
  const way = random.weighted(MERCHANT_REFUNDS);
  if (way === 'none') return;
  const partFen = Math.max(1, Math.floor(paidFen * (0.1 + 0.4 * random.next())));
  for (let part = 1; part <= (way === 'twoParts' ? 2 : 1); part++) {
    const amountFen = way === 'full' ? paidFen : partFen;
    const body = { amountFen, reason: '不想要了', merchantRefundNo: `R-${seed}-${number}-${part}` };
    const calls = random.chance(0.25) ? 2 : 1;
    await Promise.all(Array.from({ length: calls }, () => merchant.refund(orderNo, body)));
    if (random.chance(0.2)) await merchant.refund(orderNo, body);
    countEvent(context, 'merchant: refunds');
  }
}
