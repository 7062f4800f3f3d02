import { BuyerActor } from './buyer-actor.js';
import { GaveUpError } from './shop-client.js';
import { runAfterSale } from './after-sale.js';
import { Random } from './random.js';

/** How people buy, and how often: nobody of them means harm, and few of them do it by the book. */
const PURCHASE_SCENARIOS = {
  byTheBook: 40,
  closesTheApp: 10,
  hesitates: 8,
  neverPays: 5,
  onlyLooksAtTheSheet: 4,
  scansThenPays: 6,
  paysOnTwoPhones: 6,
  cancels: 4,
  cancelsWhilePaying: 8,
  paysAtTheLastMoment: 5,
  mistypes: 4,
  paysWhatWasForgotten: 3,
};

/**
 * @typedef {object} Stage what a life is played on
 * @property {import('./buyer-actor.js').World} world
 * @property {import('./shared-clock.js').SharedClock} time
 * @property {import('./concurrency-limit.js').ConcurrencyLimit} crowd
 * @property {import('./staff-actor.js').StaffActor[]} clerks
 * @property {{ productId: string, weight: number, isScarce: boolean }[]} products
 * @property {BuyerActor[]} customers
 * @property {string} couponKind
 * @property {number} seed
 * @property {Record<string, number>} tally what happened, by name
 */

/**
 * One order, from the shelf to its end as far as its user cares.
 * @param {Stage} stage
 * @param {number} number
 */
export async function runOrderScenario(stage, number) {
  const random = new Random(stage.seed, `life ${number}`);
  const customer = random.pick(stage.customers);
  try {
    const order = await placeOrder(stage, customer, random, number);
    const way = random.weighted(PURCHASE_SCENARIOS);
    countEvent(stage, way);
    await runPurchase(stage, { way, customer, order, random });
    await runAfterSale(stage, { customer, orderNo: order.orderNo, random, number });
  } catch (error) {
    if (error instanceof GaveUpError) countEvent(stage, 'gave up');
    else stage.world.line.violations.push(`life ${number}: ${error instanceof Error ? error.stack : error}`);
  }
}

/**
 * @param {Stage} stage
 * @param {string} what
 */
export function countEvent({ tally }, what) {
  tally[what] = (tally[what] ?? 0) + 1;
}

/**
 * What is sold out is left out the next time.
 * @param {Stage} stage
 * @param {BuyerActor} customer
 * @param {Random} random
 * @param {number} number
 * @returns {Promise<{ orderNo: string, expiresAt: string }>}
 */
async function placeOrder(stage, customer, random, number) {
  let wantsCoupon = random.chance(0.3);
  for (let shelf = stage.products, round = 1; ; round++) {
    const weights = Object.fromEntries(shelf.map(({ productId, weight }) => [productId, weight]));
    const chosen = new Set(Array.from({ length: random.int(1, 3) }, () => random.weighted(weights)));
    const items = [...chosen].map((productId) => ({ productId, quantity: random.int(1, 3) }));
    const key = `order-${stage.seed}-${number}-${round}`;
    const calls = random.chance(0.15) ? 2 : 1;
    const couponId = wantsCoupon ? await chooseCoupon(stage, customer, random, number) : null;
    const replies = await Promise.all(Array.from({ length: calls }, () => customer.createOrder(items, key, couponId)));
    const placed = replies.filter(({ status }) => status === 201).map(({ body }) => body);
    for (const { orderNo } of placed) stage.world.told.recordSameKey(key, placed[0].orderNo, orderNo);
    if (placed.length > 0 && couponId) countEvent(stage, 'ordered with a coupon');
    if (placed.length > 0) return placed[0];
    const refusal = replies[0]?.body;
    if (refusal?.code === 'COUPON_NOT_USABLE' && wantsCoupon) {
      countEvent(stage, 'could not use a coupon');
      wantsCoupon = false;
      continue;
    }
    if (refusal?.code !== 'OUT_OF_STOCK') throw new Error(`An order was refused: ${JSON.stringify(refusal)}`);
    countEvent(stage, 'found something sold out');
    shelf = shelf.filter(({ isScarce }) => !isScarce);
  }
}

/**
 * One of the few that somebody has, used or not, or a new one.
 * @param {Stage} stage
 * @param {BuyerActor} customer
 * @param {Random} random
 * @param {number} number
 * @returns {Promise<string>}
 */
async function chooseCoupon({ world, clerks, couponKind, seed }, customer, random, number) {
  if (customer.coupons.length > 0 && random.chance(0.6)) return random.pick(customer.coupons);
  if (customer.id === '') await customer.request('GET', 'coupons'); // logs in
  const key = `coupon-${seed}-${number}`;
  const clerk = random.pick(clerks);
  const calls = Array.from({ length: random.chance(0.15) ? 2 : 1 }, () =>
    clerk.grantCoupon(couponKind, customer.id, key),
  );
  const [couponId = '', again = couponId] = await Promise.all(calls);
  world.told.recordSameKey(key, couponId, again);
  customer.coupons.push(couponId);
  return couponId;
}

/**
 * What else may be true of a payment: a notice that is never sent, or before the answer; orderquery that lags; a coupon.
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
 * @param {Stage} stage
 * @param {{ way: keyof typeof PURCHASE_SCENARIOS, customer: BuyerActor, order: { orderNo: string, expiresAt: string }, random: Random }} purchase
 */
async function runPurchase({ world, time, crowd }, { way, customer, order: { orderNo, expiresAt }, random }) {
  /** @param {import('./buyer-actor.js').Sheet | null} sheet */
  const pays = async (sheet) => {
    const isPaid = await customer.confirmPayment(sheet, randomCashierInput(random));
    if (isPaid && random.chance(0.8)) await customer.callOrder(orderNo, 'sync');
  };
  switch (way) {
    case 'neverPays':
      return;
    case 'onlyLooksAtTheSheet':
      return void (await customer.startPayment(orderNo));
    case 'byTheBook':
      return pays(await customer.startPayment(orderNo));
    case 'closesTheApp':
      return void (await customer.confirmPayment(await customer.startPayment(orderNo), {
        ...randomCashierInput(random),
        outcome: 'ok-lost',
      }));
    case 'hesitates':
      await customer.confirmPayment(await customer.startPayment(orderNo), { outcome: 'cancel' });
      return pays(await customer.startPayment(orderNo));
    case 'scansThenPays': {
      const code = await customer.startPayment(orderNo, 'NATIVE');
      const scans = random.chance(0.5)
        ? customer.confirmPayment(code, randomCashierInput(random))
        : Promise.resolve(false);
      return void (await Promise.all([scans, customer.startPayment(orderNo).then(pays)]));
    }
    case 'paysOnTwoPhones': {
      const sheets = await Promise.all([customer.startPayment(orderNo), customer.startPayment(orderNo)]);
      return void (await Promise.all(sheets.map(pays)));
    }
    case 'cancels':
      if (random.chance(0.7)) await customer.startPayment(orderNo);
      return void (await customer.callOrder(orderNo, 'cancel'));
    case 'cancelsWhilePaying': {
      const sheet = await customer.startPayment(orderNo);
      return void (await Promise.all([customer.callOrder(orderNo, 'cancel'), pays(sheet)]));
    }
    case 'paysAtTheLastMoment': {
      const sheet = await customer.startPayment(orderNo);
      const moment = new Date(expiresAt).getTime() + random.int(-400, 1500);
      await crowd.sleepUntil(60_000, () => time.now() >= moment);
      return pays(sheet);
    }
    case 'paysWhatWasForgotten':
      return payWrittenOffAttempt(world, customer, orderNo, random);
    case 'mistypes': {
      const sheet = await customer.startPayment(orderNo);
      if (!sheet) return;
      await customer.openPasswordPrompt(sheet);
      await customer.confirmPayment(sheet, { outcome: random.pick(['fail', 'cancel']) });
      if (random.chance(0.6)) await pays(await customer.startPayment(orderNo));
    }
  }
}

/**
 * WeChat at its worst: the answer to a first payment is lost, then WeChat denies twice that it has it and does not hear the
 * close; so the shop writes it off. Then it is paid after all: too late when the order was cancelled, twice when it was paid
 * anew. No sequence of honest answers brings that about, and the shop must give the money back all the same. Of such a payment
 * a notice has to come in the end: until there is a daily bill, nothing else tells of it.
 * @param {import('./buyer-actor.js').World} world
 * @param {BuyerActor} customer
 * @param {string} orderNo
 * @param {Random} random
 */
async function payWrittenOffAttempt({ wechat, forgotten: all }, customer, orderNo, random) {
  const forgotten = `${orderNo}-1`;
  all.push(forgotten);
  const denial = { kind: 'err_code', errCode: 'ORDERNOTEXIST', errCodeDes: '订单不存在', times: 2 };
  /** @param {object} fault */
  const plant = (fault) => wechat.control('POST', 'faults', { ...fault, out_trade_no: forgotten });
  await plant({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
  await customer.tryStartPayment(orderNo, 'NATIVE');
  await plant({ endpoint: 'orderquery', ...denial });
  await plant({ endpoint: 'closeorder', kind: 'reset', when: 'before' });
  if (random.chance(0.5)) await customer.callOrder(orderNo, 'cancel');
  else await customer.confirmPayment(await customer.startPayment(orderNo));
  await wechat.control('POST', `orders/${forgotten}/pay`, random.chance(0.3) ? { notify: 'lost' } : {});
  if (random.chance(0.5)) await customer.callOrder(orderNo, 'sync');
}
