import { count } from './life.js';

/** What people do who have paid. */
const WISHES = {
  none: 60,
  allBack: 12,
  aPart: 10,
  twoParts: 5,
  tooMuch: 2,
  thinksBetterOfIt: 4,
  cancelsWhileStaffDecide: 4,
  isGivenSome: 5,
};

/** What staff say to it; two of them look at the same queue. */
const ANSWERS = { approve: 50, approveLess: 10, reject: 10, batch: 15, twoAtOnce: 15 };

/**
 * @typedef {import('./life.js').Stage} Stage
 * @typedef {{ customer: import('./customer.js').Customer, orderNo: string, random: import('./random.js').Random, number: number }} Sale
 */

/**
 * @param {Stage} stage
 * @param {Sale} sale
 */
export async function lifeAfterPaying(stage, sale) {
  const { customer, orderNo, random, number } = sale;
  const { body: order } = await customer.looksAt(orderNo);
  if (order.status !== 'PAID') return;
  count(stage, 'seen as paid');
  const wish = random.weighted(WISHES);
  const partFen = Math.max(1, Math.floor(order.paidFen * (0.1 + 0.4 * random.next())));
  const key = `refund-${stage.seed}-${number}`;
  switch (wish) {
    case 'none':
      return;
    case 'isGivenSome':
      count(stage, 'given by staff');
      return void (await random.pick(stage.clerks).gives(orderNo, partFen, key));
    case 'tooMuch':
      return void (await customer.wantsBack(orderNo, { amountFen: order.paidFen + 1, reason: '多退一点' }, key));
    case 'allBack':
      return decide(stage, sale, [await ask(stage, sale, { key })]);
    case 'aPart':
      return decide(stage, sale, [await ask(stage, sale, { key, amountFen: partFen })]);
    case 'twoParts':
      return decide(stage, sale, [
        await ask(stage, sale, { key, amountFen: partFen }),
        await ask(stage, sale, { key: `${key}-2`, amountFen: partFen }),
      ]);
    case 'thinksBetterOfIt': {
      const refundNo = await ask(stage, sale, { key });
      return void (refundNo && (await customer.looksAtRefund(refundNo, 'cancel')));
    }
    case 'cancelsWhileStaffDecide': {
      const refundNo = await ask(stage, sale, { key });
      if (!refundNo) return;
      await Promise.all([customer.looksAtRefund(refundNo, 'cancel'), random.pick(stage.clerks).approves(refundNo)]);
    }
  }
}

/**
 * @param {Stage} stage
 * @param {Sale} sale
 * @param {{ key: string, amountFen?: number }} wish
 * @returns {Promise<string | null>} the refund's number
 */
async function ask(stage, { customer, orderNo, random }, { key, amountFen }) {
  const wish = { ...(amountFen && { amountFen }), reason: '不想要了', reasonCode: 'CHANGED_MIND' };
  const calls = [customer.wantsBack(orderNo, wish, key)];
  if (random.chance(0.2)) calls.push(customer.wantsBack(orderNo, wish, key));
  const accepted = (await Promise.all(calls)).filter(({ status }) => status === 201).map(({ body }) => body.refundNo);
  for (const refundNo of accepted) stage.world.told.same(key, accepted[0], refundNo);
  if (accepted.length > 0) count(stage, 'asked for money back');
  return accepted[0] ?? null;
}

/**
 * @param {Stage} stage
 * @param {Sale} sale
 * @param {(string | null)[]} asked
 */
async function decide({ clerks }, { customer, orderNo, random }, asked) {
  const refundNos = asked.filter((refundNo) => refundNo !== null);
  for (const refundNo of refundNos) {
    const clerk = random.pick(clerks);
    switch (random.weighted(ANSWERS)) {
      case 'approve':
        await approveWithGoods(clerk, refundNo, random.chance(0.3) ? await goodsOf(customer, orderNo, random) : {});
        break;
      case 'approveLess':
        await clerk.approves(refundNo, { amountFen: 1 });
        break;
      case 'reject':
        await clerk.rejects(refundNo);
        break;
      case 'batch':
        await clerk.decidesMany(refundNos, random.chance(0.8) ? 'approve' : 'reject');
        break;
      case 'twoAtOnce':
        await Promise.all(
          clerks.map((each, index) => (index === 0 ? each.approves(refundNo) : each.rejects(refundNo))),
        );
    }
    if (random.chance(0.3)) await clerk.retries(refundNo);
    if (random.chance(0.5)) await customer.looksAtRefund(refundNo);
  }
}

/**
 * Pieces that may have been named by another refund: then the default.
 *
 * @param {import('./clerk.js').Clerk} clerk
 * @param {string} refundNo
 * @param {object} goods
 */
async function approveWithGoods(clerk, refundNo, goods) {
  const { status } = await clerk.approves(refundNo, goods);
  if (status === 409 && Object.keys(goods).length > 0) await clerk.approves(refundNo);
}

/**
 * @param {import('./customer.js').Customer} customer
 * @param {string} orderNo
 * @param {import('./random.js').Random} random
 */
async function goodsOf(customer, orderNo, random) {
  if (random.chance(0.5)) return { returnStock: random.chance(0.5) };
  const { body: order } = await customer.looksAt(orderNo);
  const items = /** @type {{ productId: string }[] | undefined} */ (order?.items) ?? [];
  return { returnItems: items.length > 0 ? [{ productId: random.pick(items).productId, quantity: 1 }] : [] };
}
