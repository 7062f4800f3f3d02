import { insist } from './checks.js';
import { beginPaidSale, type Stage, untilRefunded } from './stage.js';
import { yuan } from './teller.js';

/** Asked for, approved, sent with the merchant's certificate, and back only when WeChat says so. */
export async function theMoneyGoesBack(stage: Stage): Promise<void> {
  const { teller, clerk } = stage;
  teller.story(4, 'somebody wants their money back', '申请退款、商家同意、原路退回，库存退回');
  const sale = await beginPaidSale(stage);
  const { customer, order, product, stockBefore } = sale;

  const refund = await customer.wantsBack(order, order.payableFen, '不想要了');
  insist(refund.status === 'REQUESTED', `A new refund must be REQUESTED, it is ${refund.status}`);
  teller.asks('POST /api/orders/{orderNo}/refunds', `${refund.refundNo}, ${refund.status}, ${yuan(refund.amountFen)}`);

  const decided = await clerk.approves(refund);
  insist(decided.status === 'PROCESSING', `Accepted is not paid back: it must be PROCESSING, it is ${decided.status}`);
  teller.people(`Staff approve; WeChat accepts the refund, which is ${decided.status} from now on`);

  const seen = await untilRefunded(stage, sale, order.payableFen);
  insist(seen.refundStatus === 'FULL', `The order's refundStatus must be FULL, it is ${seen.refundStatus}`);
  teller.asks('GET  /api/orders/{orderNo}', `${seen.status}, refund ${seen.refundStatus}, ${yuan(seen.refundedFen)}`);
  teller.right(`${yuan(seen.refundedFen)} are back, in WeChat's books as in ours`);
  const stock = await customer.stockOf(product);
  insist(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.right(`the goods are on the shelf again: ${stock}`);
}
