import { countEvent } from './order-scenario.js';

/** What buyers do after the payment, with weights. */
const REFUND_SCENARIOS = {
  none: 60,
  requestFullRefund: 12,
  requestPartialRefund: 10,
  requestTwoPartialRefunds: 5,
  requestTooMuch: 2,
  withdrawRequest: 4,
  withdrawWhileStaffDecide: 4,
  merchantRefund: 5,
};

/** Staff decisions, with weights. Two staff members work on the same list. */
const STAFF_DECISIONS = { approve: 50, approveLess: 10, reject: 10, batch: 15, twoAtOnce: 15 };

/**
 * @typedef {import('./order-scenario.js').ScenarioContext} ScenarioContext
 * @typedef {{ buyer: import('./buyer-actor.js').BuyerActor, orderNo: string, random: import('./random.js').Random, number: number }} Sale
 */

/**
 * @param {ScenarioContext} context
 * @param {Sale} sale
 */
export async function runAfterSale(context, sale) {
  const { buyer, orderNo, random, number } = sale;
  const { body: order } = await buyer.callOrder(orderNo);
  if (order.status !== 'PAID') return;
  countEvent(context, 'orders seen as paid');
  const scenario = random.weighted(REFUND_SCENARIOS);
  const partFen = Math.max(1, Math.floor(order.paidFen * (0.1 + 0.4 * random.next())));
  const key = `refund-${context.seed}-${number}`;
  switch (scenario) {
    case 'none':
      return;
    case 'merchantRefund':
      countEvent(context, 'merchant refunds created');
      return void (await random.pick(context.staff).createMerchantRefund(orderNo, partFen, key));
    case 'requestTooMuch':
      return void (await buyer.requestRefund(orderNo, { amountFen: order.paidFen + 1, reason: '多退一点' }, key));
    case 'requestFullRefund':
      return decideRefunds(context, sale, [await requestRefund(context, sale, { key })]);
    case 'requestPartialRefund':
      return decideRefunds(context, sale, [await requestRefund(context, sale, { key, amountFen: partFen })]);
    case 'requestTwoPartialRefunds':
      return decideRefunds(context, sale, [
        await requestRefund(context, sale, { key, amountFen: partFen }),
        await requestRefund(context, sale, { key: `${key}-2`, amountFen: partFen }),
      ]);
    case 'withdrawRequest': {
      const refundNo = await requestRefund(context, sale, { key });
      return void (refundNo && (await buyer.callRefund(refundNo, 'cancel')));
    }
    case 'withdrawWhileStaffDecide': {
      const refundNo = await requestRefund(context, sale, { key });
      if (!refundNo) return;
      await Promise.all([buyer.callRefund(refundNo, 'cancel'), random.pick(context.staff).approveRefund(refundNo)]);
    }
  }
}

/**
 * @param {ScenarioContext} context
 * @param {Sale} sale
 * @param {{ key: string, amountFen?: number }} input
 * @returns {Promise<string | null>} the refund's number
 */
async function requestRefund(context, { buyer, orderNo, random }, { key, amountFen }) {
  const body = { ...(amountFen && { amountFen }), reason: '不想要了', reasonCode: 'CHANGED_MIND' };
  const calls = [buyer.requestRefund(orderNo, body, key)];
  if (random.chance(0.2)) calls.push(buyer.requestRefund(orderNo, body, key));
  const accepted = (await Promise.all(calls)).filter(({ status }) => status === 201).map(({ body }) => body.refundNo);
  for (const refundNo of accepted) context.clients.answerRecord.recordSameKey(key, accepted[0], refundNo);
  if (accepted.length > 0) countEvent(context, 'refunds requested');
  return accepted[0] ?? null;
}

/**
 * @param {ScenarioContext} context
 * @param {Sale} sale
 * @param {(string | null)[]} requested
 */
async function decideRefunds({ staff }, { buyer, orderNo, random }, requested) {
  const refundNos = requested.filter((refundNo) => refundNo !== null);
  for (const refundNo of refundNos) {
    const staffMember = random.pick(staff);
    switch (random.weighted(STAFF_DECISIONS)) {
      case 'approve':
        await approveWithReturnedItems(
          staffMember,
          refundNo,
          random.chance(0.3) ? await chooseReturnedItems(buyer, orderNo, random) : {},
        );
        break;
      case 'approveLess':
        await staffMember.approveRefund(refundNo, { amountFen: 1 });
        break;
      case 'reject':
        await staffMember.rejectRefund(refundNo);
        break;
      case 'batch':
        await staffMember.decideBatch(refundNos, random.chance(0.8) ? 'approve' : 'reject');
        break;
      case 'twoAtOnce':
        await Promise.all(
          staff.map((each, index) => (index === 0 ? each.approveRefund(refundNo) : each.rejectRefund(refundNo))),
        );
    }
    if (random.chance(0.3)) await staffMember.retryRefund(refundNo);
    if (random.chance(0.5)) await buyer.callRefund(refundNo);
  }
}

/**
 * Another refund may already have returned these pieces. Then approves with the default.
 *
 * @param {import('./staff-actor.js').StaffActor} staffMember
 * @param {string} refundNo
 * @param {object} goods
 */
async function approveWithReturnedItems(staffMember, refundNo, goods) {
  const { status } = await staffMember.approveRefund(refundNo, goods);
  if (status === 409 && Object.keys(goods).length > 0) await staffMember.approveRefund(refundNo);
}

/**
 * @param {import('./buyer-actor.js').BuyerActor} buyer
 * @param {string} orderNo
 * @param {import('./random.js').Random} random
 */
async function chooseReturnedItems(buyer, orderNo, random) {
  if (random.chance(0.5)) return { returnStock: random.chance(0.5) };
  const { body: order } = await buyer.callOrder(orderNo);
  const items = /** @type {{ productId: string }[] | undefined} */ (order?.items) ?? [];
  return { returnItems: items.length > 0 ? [{ productId: random.pick(items).productId, quantity: 1 }] : [] };
}
