import { BuyerActor } from './buyer-actor.js';
import { GaveUpError } from './shop-client.js';
import { runAfterSale } from './after-sale.js';
import { Random } from './random.js';

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
  payWrittenOffAttempt: 3,
};

/**
 * @typedef {object} ScenarioContext the shared state of all scenarios
 * @property {import('./buyer-actor.js').ScenarioServices} clients
 * @property {import('./shared-clock.js').SharedClock} time
 * @property {import('./concurrency-limit.js').ConcurrencyLimit} concurrency
 * @property {import('./staff-actor.js').StaffActor[]} staff
 * @property {{ productId: string, weight: number, isScarce: boolean }[]} products
 * @property {BuyerActor[]} buyers
 * @property {string} couponTypeId
 * @property {number} seed
 * @property {Record<string, number>} tally the number of events, by name
 */

/**
 * Runs one order: the buyer places it, pays it, and possibly asks for a refund.
 * @param {ScenarioContext} context
 * @param {number} number
 */
export async function runOrderScenario(context, number) {
  const random = new Random(context.seed, `scenario ${number}`);
  const buyer = random.pick(context.buyers);
  try {
    const order = await placeOrder(context, buyer, random, number);
    const way = random.weighted(PURCHASE_SCENARIOS);
    countEvent(context, way);
    await runPurchase(context, { way, buyer, order, random });
    await runAfterSale(context, { buyer, orderNo: order.orderNo, random, number });
  } catch (error) {
    if (error instanceof GaveUpError) countEvent(context, 'gave up');
    else
      context.clients.shopClient.violations.push(`scenario ${number}: ${error instanceof Error ? error.stack : error}`);
  }
}

/**
 * @param {ScenarioContext} context
 * @param {string} what
 */
export function countEvent({ tally }, what) {
  tally[what] = (tally[what] ?? 0) + 1;
}

/**
 * Places an order. Repeats without scarce products if one is sold out.
 * @param {ScenarioContext} context
 * @param {BuyerActor} buyer
 * @param {Random} random
 * @param {number} number
 * @returns {Promise<{ orderNo: string, expiresAt: string }>}
 */
async function placeOrder(context, buyer, random, number) {
  let wantsCoupon = random.chance(0.3);
  for (let products = context.products, round = 1; ; round++) {
    const weights = Object.fromEntries(products.map(({ productId, weight }) => [productId, weight]));
    const chosen = new Set(Array.from({ length: random.int(1, 3) }, () => random.weighted(weights)));
    const items = [...chosen].map((productId) => ({ productId, quantity: random.int(1, 3) }));
    const key = `order-${context.seed}-${number}-${round}`;
    const calls = random.chance(0.15) ? 2 : 1;
    const couponId = wantsCoupon ? await chooseCoupon(context, buyer, random, number) : null;
    const replies = await Promise.all(Array.from({ length: calls }, () => buyer.createOrder(items, key, couponId)));
    const placed = replies.filter(({ status }) => status === 201).map(({ body }) => body);
    for (const { orderNo } of placed) context.clients.answerRecord.recordSameKey(key, placed[0].orderNo, orderNo);
    if (placed.length > 0 && couponId) countEvent(context, 'orders with a coupon');
    if (placed.length > 0) return placed[0];
    const problem = replies[0]?.body;
    if (problem?.code === 'COUPON_NOT_USABLE' && wantsCoupon) {
      countEvent(context, 'coupons not usable');
      wantsCoupon = false;
      continue;
    }
    if (problem?.code !== 'OUT_OF_STOCK') throw new Error(`An order was rejected: ${JSON.stringify(problem)}`);
    countEvent(context, 'products sold out');
    products = products.filter(({ isScarce }) => !isScarce);
  }
}

/**
 * Returns an existing coupon of the buyer, used or not, or a new one.
 * @param {ScenarioContext} context
 * @param {BuyerActor} buyer
 * @param {Random} random
 * @param {number} number
 * @returns {Promise<string>}
 */
async function chooseCoupon({ clients, staff, couponTypeId, seed }, buyer, random, number) {
  if (buyer.coupons.length > 0 && random.chance(0.6)) return random.pick(buyer.coupons);
  if (buyer.id === '') await buyer.request('GET', 'coupons'); // logs in
  const key = `coupon-${seed}-${number}`;
  const staffMember = random.pick(staff);
  const calls = Array.from({ length: random.chance(0.15) ? 2 : 1 }, () =>
    staffMember.grantCoupon(couponTypeId, buyer.id, key),
  );
  const [couponId = '', again = couponId] = await Promise.all(calls);
  clients.answerRecord.recordSameKey(key, couponId, again);
  buyer.coupons.push(couponId);
  return couponId;
}

/**
 * Random options of a payment: the notice is lost or sent before the answer, orderquery lags, WeChat applies a coupon.
 * @param {Random} random
 */
function randomCashierInput(random) {
  return {
    ...(random.chance(0.15) && { notify: random.pick(['lost', 'before-answer']) }),
    ...(random.chance(0.05) && { visibleAfterSeconds: random.int(1, 8) }),
    ...(random.chance(0.05) && { couponFen: 1 }),
  };
}

/**
 * @param {ScenarioContext} context
 * @param {{ way: keyof typeof PURCHASE_SCENARIOS, buyer: BuyerActor, order: { orderNo: string, expiresAt: string }, random: Random }} purchase
 */
async function runPurchase({ clients, time, concurrency }, { way, buyer, order: { orderNo, expiresAt }, random }) {
  /** @param {import('./buyer-actor.js').PaymentSheet | null} sheet */
  const pay = async (sheet) => {
    const isPaid = await buyer.confirmPayment(sheet, randomCashierInput(random));
    if (isPaid && random.chance(0.8)) await buyer.callOrder(orderNo, 'sync');
  };
  switch (way) {
    case 'neverPay':
      return;
    case 'openSheetOnly':
      return void (await buyer.startPayment(orderNo));
    case 'payNormally':
      return pay(await buyer.startPayment(orderNo));
    case 'closeAppAfterPaying':
      return void (await buyer.confirmPayment(await buyer.startPayment(orderNo), {
        ...randomCashierInput(random),
        outcome: 'ok-lost',
      }));
    case 'cancelSheetThenPay':
      await buyer.confirmPayment(await buyer.startPayment(orderNo), { outcome: 'cancel' });
      return pay(await buyer.startPayment(orderNo));
    case 'payByTwoTradeTypes': {
      const code = await buyer.startPayment(orderNo, 'NATIVE');
      const scans = random.chance(0.5)
        ? buyer.confirmPayment(code, randomCashierInput(random))
        : Promise.resolve(false);
      return void (await Promise.all([scans, buyer.startPayment(orderNo).then(pay)]));
    }
    case 'payOnTwoPhones': {
      const sheets = await Promise.all([buyer.startPayment(orderNo), buyer.startPayment(orderNo)]);
      return void (await Promise.all(sheets.map(pay)));
    }
    case 'cancelOrder':
      if (random.chance(0.7)) await buyer.startPayment(orderNo);
      return void (await buyer.callOrder(orderNo, 'cancel'));
    case 'cancelOrderWhilePaying': {
      const sheet = await buyer.startPayment(orderNo);
      return void (await Promise.all([buyer.callOrder(orderNo, 'cancel'), pay(sheet)]));
    }
    case 'payAtExpiry': {
      const sheet = await buyer.startPayment(orderNo);
      const moment = new Date(expiresAt).getTime() + random.int(-400, 1500);
      await concurrency.waitWithoutSlot(60_000, () => time.now() >= moment);
      return pay(sheet);
    }
    case 'payWrittenOffAttempt':
      return payWrittenOffAttempt(clients, buyer, orderNo, random);
    case 'failPasswordThenPay': {
      const sheet = await buyer.startPayment(orderNo);
      if (!sheet) return;
      await buyer.openPasswordPrompt(sheet);
      await buyer.confirmPayment(sheet, { outcome: random.pick(['fail', 'cancel']) });
      if (random.chance(0.6)) await pay(await buyer.startPayment(orderNo));
    }
  }
}

/**
 * The answer to a first payment attempt is lost, WeChat reports it twice as nonexistent, and the close call is lost too, so
 * the service writes the attempt off. Then it is paid: late if the order was cancelled, or a duplicate if the order was paid
 * again. The real WeChat should never do this, but the service must still refund the money. The notice of the payment must
 * arrive in the end, because without a bill nothing else reports the payment.
 * @param {import('./buyer-actor.js').ScenarioServices} clients
 * @param {BuyerActor} buyer
 * @param {string} orderNo
 * @param {Random} random
 */
async function payWrittenOffAttempt({ wechat, writtenOff }, buyer, orderNo, random) {
  const outTradeNo = `${orderNo}-1`;
  writtenOff.push(outTradeNo);
  const orderNotExistFault = { kind: 'err_code', errCode: 'ORDERNOTEXIST', errCodeDes: '订单不存在', times: 2 };
  /** @param {object} fault */
  const inject = (fault) => wechat.control('POST', 'faults', { ...fault, out_trade_no: outTradeNo });
  await inject({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
  await buyer.tryStartPayment(orderNo, 'NATIVE');
  await inject({ endpoint: 'orderquery', ...orderNotExistFault });
  await inject({ endpoint: 'closeorder', kind: 'reset', when: 'before' });
  if (random.chance(0.5)) await buyer.callOrder(orderNo, 'cancel');
  else await buyer.confirmPayment(await buyer.startPayment(orderNo));
  await wechat.control('POST', `orders/${outTradeNo}/pay`, random.chance(0.3) ? { notify: 'lost' } : {});
  if (random.chance(0.5)) await buyer.callOrder(orderNo, 'sync');
}
