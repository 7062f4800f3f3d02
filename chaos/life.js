import { Customer } from './customer.js';
import { GaveUp } from './line.js';
import { lifeAfterPaying } from './after-sale.js';
import { Random } from './random.js';

/** How people buy, and how often: nobody of them means harm, and few of them do it by the book. */
const WAYS = {
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
 * @property {import('./customer.js').World} world
 * @property {import('./time.js').Time} time
 * @property {import('./crowd.js').Crowd} crowd
 * @property {import('./clerk.js').Clerk[]} clerks
 * @property {{ productId: string, weight: number, isScarce: boolean }[]} products
 * @property {Customer[]} customers
 * @property {string} couponKind
 * @property {number} seed
 * @property {Record<string, number>} tally what happened, by name
 */

/**
 * One order, from the shelf to its end as far as its user cares.
 * @param {Stage} stage
 * @param {number} number
 */
export async function live(stage, number) {
  const random = new Random(stage.seed, `life ${number}`);
  const customer = random.pick(stage.customers);
  try {
    const order = await place(stage, customer, random, number);
    const way = random.weighted(WAYS);
    count(stage, way);
    await buy(stage, { way, customer, order, random });
    await lifeAfterPaying(stage, { customer, orderNo: order.orderNo, random, number });
  } catch (error) {
    if (error instanceof GaveUp) count(stage, 'gave up');
    else stage.world.line.misdeeds.push(`life ${number}: ${error instanceof Error ? error.stack : error}`);
  }
}

/**
 * @param {Stage} stage
 * @param {string} what
 */
export function count({ tally }, what) {
  tally[what] = (tally[what] ?? 0) + 1;
}

/**
 * What is sold out is left out the next time.
 * @param {Stage} stage
 * @param {Customer} customer
 * @param {Random} random
 * @param {number} number
 * @returns {Promise<{ orderNo: string, expiresAt: string }>}
 */
async function place(stage, customer, random, number) {
  let wantsCoupon = random.chance(0.3);
  for (let shelf = stage.products, round = 1; ; round++) {
    const weights = Object.fromEntries(shelf.map(({ productId, weight }) => [productId, weight]));
    const chosen = new Set(Array.from({ length: random.int(1, 3) }, () => random.weighted(weights)));
    const items = [...chosen].map((productId) => ({ productId, quantity: random.int(1, 3) }));
    const key = `order-${stage.seed}-${number}-${round}`;
    const calls = random.chance(0.15) ? 2 : 1;
    const couponId = wantsCoupon ? await couponOf(stage, customer, random, number) : null;
    const replies = await Promise.all(Array.from({ length: calls }, () => customer.orders(items, key, couponId)));
    const placed = replies.filter(({ status }) => status === 201).map(({ body }) => body);
    for (const { orderNo } of placed) stage.world.told.same(key, placed[0].orderNo, orderNo);
    if (placed.length > 0 && couponId) count(stage, 'ordered with a coupon');
    if (placed.length > 0) return placed[0];
    const refusal = replies[0]?.body;
    if (refusal?.code === 'COUPON_NOT_USABLE' && wantsCoupon) {
      count(stage, 'could not use a coupon');
      wantsCoupon = false;
      continue;
    }
    if (refusal?.code !== 'OUT_OF_STOCK') throw new Error(`An order was refused: ${JSON.stringify(refusal)}`);
    count(stage, 'found something sold out');
    shelf = shelf.filter(({ isScarce }) => !isScarce);
  }
}

/**
 * One of the few that somebody has, used or not, or a new one.
 * @param {Stage} stage
 * @param {Customer} customer
 * @param {Random} random
 * @param {number} number
 * @returns {Promise<string>}
 */
async function couponOf({ world, clerks, couponKind, seed }, customer, random, number) {
  if (customer.coupons.length > 0 && random.chance(0.6)) return random.pick(customer.coupons);
  if (customer.id === '') await customer.asks('GET', 'coupons'); // logs in
  const key = `coupon-${seed}-${number}`;
  const clerk = random.pick(clerks);
  const calls = Array.from({ length: random.chance(0.15) ? 2 : 1 }, () => clerk.grants(couponKind, customer.id, key));
  const [couponId = '', again = couponId] = await Promise.all(calls);
  world.told.same(key, couponId, again);
  customer.coupons.push(couponId);
  return couponId;
}

/**
 * What else may be true of a payment: a notice that is never sent, or before the answer; orderquery that lags; a coupon.
 * @param {Random} random
 */
function wish(random) {
  return {
    ...(random.chance(0.15) && { notify: random.pick(['lost', 'before-answer']) }),
    ...(random.chance(0.05) && { visibleAfterSeconds: random.int(1, 8) }),
    ...(random.chance(0.05) && { couponFen: 1 }),
  };
}

/**
 * @param {Stage} stage
 * @param {{ way: keyof typeof WAYS, customer: Customer, order: { orderNo: string, expiresAt: string }, random: Random }} purchase
 */
async function buy({ world, time, crowd }, { way, customer, order: { orderNo, expiresAt }, random }) {
  /** @param {import('./customer.js').Sheet | null} sheet */
  const pays = async (sheet) => {
    const isPaid = await customer.confirms(sheet, wish(random));
    if (isPaid && random.chance(0.8)) await customer.looksAt(orderNo, 'sync');
  };
  switch (way) {
    case 'neverPays':
      return;
    case 'onlyLooksAtTheSheet':
      return void (await customer.begins(orderNo));
    case 'byTheBook':
      return pays(await customer.begins(orderNo));
    case 'closesTheApp':
      return void (await customer.confirms(await customer.begins(orderNo), { ...wish(random), outcome: 'ok-lost' }));
    case 'hesitates':
      await customer.confirms(await customer.begins(orderNo), { outcome: 'cancel' });
      return pays(await customer.begins(orderNo));
    case 'scansThenPays': {
      const code = await customer.begins(orderNo, 'NATIVE');
      const scans = random.chance(0.5) ? customer.confirms(code, wish(random)) : Promise.resolve(false);
      return void (await Promise.all([scans, customer.begins(orderNo).then(pays)]));
    }
    case 'paysOnTwoPhones': {
      const sheets = await Promise.all([customer.begins(orderNo), customer.begins(orderNo)]);
      return void (await Promise.all(sheets.map(pays)));
    }
    case 'cancels':
      if (random.chance(0.7)) await customer.begins(orderNo);
      return void (await customer.looksAt(orderNo, 'cancel'));
    case 'cancelsWhilePaying': {
      const sheet = await customer.begins(orderNo);
      return void (await Promise.all([customer.looksAt(orderNo, 'cancel'), pays(sheet)]));
    }
    case 'paysAtTheLastMoment': {
      const sheet = await customer.begins(orderNo);
      const moment = new Date(expiresAt).getTime() + random.int(-400, 1500);
      await crowd.sleeps(60_000, () => time.now() >= moment);
      return pays(sheet);
    }
    case 'paysWhatWasForgotten':
      return paysWhatWasForgotten(world, customer, orderNo, random);
    case 'mistypes': {
      const sheet = await customer.begins(orderNo);
      if (!sheet) return;
      await customer.typesThePassword(sheet);
      await customer.confirms(sheet, { outcome: random.pick(['fail', 'cancel']) });
      if (random.chance(0.6)) await pays(await customer.begins(orderNo));
    }
  }
}

/**
 * WeChat at its worst: the answer to a first payment is lost, then WeChat denies twice that it has it and does not hear the
 * close; so the shop writes it off. Then it is paid after all: too late when the order was cancelled, twice when it was paid
 * anew. No sequence of honest answers brings that about, and the shop must give the money back all the same. Of such a payment
 * a notice has to come in the end: until there is a daily bill, nothing else tells of it.
 * @param {import('./customer.js').World} world
 * @param {Customer} customer
 * @param {string} orderNo
 * @param {Random} random
 */
async function paysWhatWasForgotten({ wechat, forgotten: all }, customer, orderNo, random) {
  const forgotten = `${orderNo}-1`;
  all.push(forgotten);
  const denial = { kind: 'err_code', errCode: 'ORDERNOTEXIST', errCodeDes: '订单不存在', times: 2 };
  /** @param {object} fault */
  const plant = (fault) => wechat.control('POST', 'faults', { ...fault, out_trade_no: forgotten });
  await plant({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
  await customer.triesToBegin(orderNo, 'NATIVE');
  await plant({ endpoint: 'orderquery', ...denial });
  await plant({ endpoint: 'closeorder', kind: 'reset', when: 'before' });
  if (random.chance(0.5)) await customer.looksAt(orderNo, 'cancel');
  else await customer.confirms(await customer.begins(orderNo));
  await wechat.control('POST', `orders/${forgotten}/pay`, random.chance(0.3) ? { notify: 'lost' } : {});
  if (random.chance(0.5)) await customer.looksAt(orderNo, 'sync');
}
