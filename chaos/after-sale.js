import { countEvent } from './order-scenario.js';

/** What people do who have paid. */
const REFUND_SCENARIOS = {
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
const STAFF_DECISIONS = { approve: 50, approveLess: 10, reject: 10, batch: 15, twoAtOnce: 15 };

/**
 * @typedef {import('./order-scenario.js').Stage} Stage
 * @typedef {{ customer: import('./buyer-actor.js').BuyerActor, orderNo: string, random: import('./random.js').Random, number: number }} Sale
 */

/**
 * @param {Stage} stage
 * @param {Sale} sale
 */
export async function runAfterSale(stage, sale) {
  const { customer, orderNo, random, number } = sale;
  const { body: order } = await customer.callOrder(orderNo);
  if (order.status !== 'PAID') return;
  countEvent(stage, 'seen as paid');
  const wish = random.weighted(REFUND_SCENARIOS);
  const partFen = Math.max(1, Math.floor(order.paidFen * (0.1 + 0.4 * random.next())));
  const key = `refund-${stage.seed}-${number}`;
  switch (wish) {
    case 'none':
      return;
    case 'isGivenSome':
      countEvent(stage, 'given by staff');
      return void (await random.pick(stage.clerks).createMerchantRefund(orderNo, partFen, key));
    case 'tooMuch':
      return void (await customer.requestRefund(orderNo, { amountFen: order.paidFen + 1, reason: '多退一点' }, key));
    case 'allBack':
      return decideRefunds(stage, sale, [await requestRefund(stage, sale, { key })]);
    case 'aPart':
      return decideRefunds(stage, sale, [await requestRefund(stage, sale, { key, amountFen: partFen })]);
    case 'twoParts':
      return decideRefunds(stage, sale, [
        await requestRefund(stage, sale, { key, amountFen: partFen }),
        await requestRefund(stage, sale, { key: `${key}-2`, amountFen: partFen }),
      ]);
    case 'thinksBetterOfIt': {
      const refundNo = await requestRefund(stage, sale, { key });
      return void (refundNo && (await customer.callRefund(refundNo, 'cancel')));
    }
    case 'cancelsWhileStaffDecide': {
      const refundNo = await requestRefund(stage, sale, { key });
      if (!refundNo) return;
      await Promise.all([customer.callRefund(refundNo, 'cancel'), random.pick(stage.clerks).approveRefund(refundNo)]);
    }
  }
}

/**
 * @param {Stage} stage
 * @param {Sale} sale
 * @param {{ key: string, amountFen?: number }} wish
 * @returns {Promise<string | null>} the refund's number
 */
async function requestRefund(stage, { customer, orderNo, random }, { key, amountFen }) {
  const wish = { ...(amountFen && { amountFen }), reason: '不想要了', reasonCode: 'CHANGED_MIND' };
  const calls = [customer.requestRefund(orderNo, wish, key)];
  if (random.chance(0.2)) calls.push(customer.requestRefund(orderNo, wish, key));
  const accepted = (await Promise.all(calls)).filter(({ status }) => status === 201).map(({ body }) => body.refundNo);
  for (const refundNo of accepted) stage.world.told.recordSameKey(key, accepted[0], refundNo);
  if (accepted.length > 0) countEvent(stage, 'asked for money back');
  return accepted[0] ?? null;
}

/**
 * @param {Stage} stage
 * @param {Sale} sale
 * @param {(string | null)[]} asked
 */
async function decideRefunds({ clerks }, { customer, orderNo, random }, asked) {
  const refundNos = asked.filter((refundNo) => refundNo !== null);
  for (const refundNo of refundNos) {
    const clerk = random.pick(clerks);
    switch (random.weighted(STAFF_DECISIONS)) {
      case 'approve':
        await approveWithReturnedItems(
          clerk,
          refundNo,
          random.chance(0.3) ? await chooseReturnedItems(customer, orderNo, random) : {},
        );
        break;
      case 'approveLess':
        await clerk.approveRefund(refundNo, { amountFen: 1 });
        break;
      case 'reject':
        await clerk.rejectRefund(refundNo);
        break;
      case 'batch':
        await clerk.decideBatch(refundNos, random.chance(0.8) ? 'approve' : 'reject');
        break;
      case 'twoAtOnce':
        await Promise.all(
          clerks.map((each, index) => (index === 0 ? each.approveRefund(refundNo) : each.rejectRefund(refundNo))),
        );
    }
    if (random.chance(0.3)) await clerk.retryRefund(refundNo);
    if (random.chance(0.5)) await customer.callRefund(refundNo);
  }
}

/**
 * Pieces that may have been named by another refund: then the default.
 *
 * @param {import('./staff-actor.js').StaffActor} clerk
 * @param {string} refundNo
 * @param {object} goods
 */
async function approveWithReturnedItems(clerk, refundNo, goods) {
  const { status } = await clerk.approveRefund(refundNo, goods);
  if (status === 409 && Object.keys(goods).length > 0) await clerk.approveRefund(refundNo);
}

/**
 * @param {import('./buyer-actor.js').BuyerActor} customer
 * @param {string} orderNo
 * @param {import('./random.js').Random} random
 */
async function chooseReturnedItems(customer, orderNo, random) {
  if (random.chance(0.5)) return { returnStock: random.chance(0.5) };
  const { body: order } = await customer.callOrder(orderNo);
  const items = /** @type {{ productId: string }[] | undefined} */ (order?.items) ?? [];
  return { returnItems: items.length > 0 ? [{ productId: random.pick(items).productId, quantity: 1 }] : [] };
}
