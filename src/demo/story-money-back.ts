import { insist } from './checks.js';
import { asksForMoney, insistOnBack, isApproved, tellHowItWasHeard, untilBack } from './refunding.js';
import { beginPaidSale, type Stage } from './stage.js';
import { yuan } from './teller.js';

/** Asked for, approved, sent with the merchant's certificate, and back only when WeChat says so. */
export async function theMoneyGoesBack(stage: Stage): Promise<void> {
  const { teller, clerk } = stage;
  teller.story(4, 'somebody wants their money back', '买家申请退款，商家同意，款项原路退回，库存退回');
  const sale = await beginPaidSale(stage);
  const { customer, order, product, stockBefore } = sale;
  const amountFen = order.payableFen;

  const refund = await asksForMoney(stage, sale, { amountFen, reason: '不想要了' });
  const waiting = await customer.sees(order);
  const isWaiting = waiting.refundStatus === 'REQUESTED' && waiting.refundedFen === 0;
  insist(isWaiting, `The order must show REQUESTED and nothing given back, it shows ${waiting.refundStatus}`);
  const queue = await clerk.queue();
  insist(
    queue.some(({ refundNo }) => refundNo === refund.refundNo),
    'The staff do not see what was asked for',
  );
  teller.staff('GET  /admin/api/refunds', `${queue.length} to decide, with the reason 不想要了`);
  const { facts } = await clerk.looksAt(refund);
  teller.staff(
    'GET  …/refunds/{refundNo}',
    `paid ${yuan(facts.paidFen)}, given back ${yuan(facts.refundedFen)}, left after this ${yuan(facts.remainingFen)}`,
  );
  await isApproved(stage, refund);

  await untilBack(stage, sale, refund);
  await tellHowItWasHeard(stage, sale, refund);
  await insistOnBack(stage, sale, { refundStatus: 'FULL', refundedFen: amountFen, refunds: 1 });
  teller.right(`${yuan(amountFen)} are back, in WeChat's books as in the shop's`);
  const stock = await customer.stockOf(product);
  insist(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.right(`the goods are on the shelf again: ${stockBefore} before the order, ${stock} now`);
}
