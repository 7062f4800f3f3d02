import type { ServiceSchemas } from '../../tools/client/service-client.ts';
import type { BuyerActor } from '../clients/buyer-actor.ts';
import type { Random } from './random.ts';
import type { StaffActor } from '../clients/staff-actor.ts';
import { countEvent, type ScenarioContext } from './scenario-context.ts';

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

export type Sale = { buyer: BuyerActor; orderNo: string; random: Random; number: number };

export async function runAfterSale(context: ScenarioContext, sale: Sale) {
  const { buyer, orderNo, random, number } = sale;
  const reply = await buyer.getOrder(orderNo);
  if (!reply.isOk || reply.body.status !== 'PAID') return;
  const order = reply.body;
  countEvent(context, 'orders seen as paid');
  const scenario = random.weighted(REFUND_SCENARIOS);
  const partFen = Math.max(1, Math.floor(order.paidFen * (0.1 + 0.4 * random.next())));
  const key = `refund-${context.seed}-${number}`;
  switch (scenario) {
    case 'none':
      return;
    case 'merchantRefund':
      countEvent(context, 'merchant refunds created');
      await random.pick(context.staff).createMerchantRefund(orderNo, partFen, key);
      return;
    case 'requestTooMuch':
      await buyer.requestRefund(orderNo, { amountFen: order.paidFen + 1, reason: '多退一点' }, key);
      return;
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
      if (refundNo) await buyer.cancelRefund(refundNo);
      return;
    }
    case 'withdrawWhileStaffDecide': {
      const refundNo = await requestRefund(context, sale, { key });
      if (!refundNo) return;
      await Promise.all([buyer.cancelRefund(refundNo), random.pick(context.staff).approveRefund(refundNo)]);
    }
  }
}

/** @returns the refund's number */
async function requestRefund(
  context: ScenarioContext,
  { buyer, orderNo, random }: Sale,
  { key, amountFen }: { key: string; amountFen?: number },
): Promise<string | null> {
  const body = { ...(amountFen && { amountFen }), reason: '不想要了', reasonCode: 'CHANGED_MIND' } as const;
  const calls = [buyer.requestRefund(orderNo, body, key)];
  if (random.chance(0.2)) calls.push(buyer.requestRefund(orderNo, body, key));
  const [first, ...others] = (await Promise.all(calls)).flatMap((reply) => (reply.isOk ? [reply.body.refundNo] : []));
  if (first === undefined) return null;
  for (const refundNo of others) context.clients.answerRecord.recordSameKey(key, first, refundNo);
  countEvent(context, 'refunds requested');
  return first;
}

async function decideRefunds(
  { staff }: ScenarioContext,
  { buyer, orderNo, random }: Sale,
  requested: (string | null)[],
) {
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
    if (random.chance(0.5)) await buyer.getRefund(refundNo);
  }
}

/** Another refund may already have returned these units. Then approves with the default. */
async function approveWithReturnedItems(
  staffMember: StaffActor,
  refundNo: string,
  goods: ServiceSchemas['ApproveRefundBody'],
) {
  const { status } = await staffMember.approveRefund(refundNo, goods);
  if (status === 409 && Object.keys(goods).length > 0) await staffMember.approveRefund(refundNo);
}

async function chooseReturnedItems(
  buyer: BuyerActor,
  orderNo: string,
  random: Random,
): Promise<ServiceSchemas['ApproveRefundBody']> {
  if (random.chance(0.5)) return { returnStock: random.chance(0.5) };
  const reply = await buyer.getOrder(orderNo);
  const productIds = reply.isOk ? reply.body.items.flatMap(({ productId }) => productId ?? []) : [];
  return { returnItems: productIds.length > 0 ? [{ productId: random.pick(productIds), quantity: 1 }] : [] };
}
