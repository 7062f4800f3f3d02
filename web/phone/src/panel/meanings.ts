import type { Words } from '../words.ts';

/** What a message is for, for somebody who has never seen it. The first that fits. */
const MEANINGS: readonly (readonly [RegExp, Words])[] = [
  [/^wx\.login$/, ['小程序向微信要一个登录 code', 'Ask WeChat for a login code']],
  [/^wx\.requestPayment$/, ['唤起微信收银台', "Open WeChat's cashier"]],
  [/^POST \/api\/auth\/login$/, ['用 code 换登录令牌', 'Exchange the code for a token']],
  [/^GET \/api\/products/, ['看商品', 'Look at the shelf']],
  [/^POST \/api\/orders$/, ['下单：服务端定价，预留库存', 'Order: priced here, stock reserved']],
  [/^POST \/api\/orders\/[^/]+\/pay$/, ['请服务准备支付', 'Ask the service to prepare the payment']],
  [/^POST \/api\/orders\/[^/]+\/sync$/, ['付完了，请服务向微信核实', 'Paid, they say: let the service ask WeChat']],
  [/^POST \/api\/orders\/[^/]+\/cancel$/, ['取消订单', 'Cancel the order']],
  [/^POST \/api\/orders\/[^/]+\/refunds$/, ['申请退款，等商家审核', 'Ask for money back; staff decide']],
  [/^POST \/api\/refunds\/[^/]+\/cancel$/, ['撤销退款申请', 'Take the wish back']],
  [/^GET \/api\/orders\/[^/]+\/refunds/, ['看退款', 'Look at the refunds']],
  [/^GET \/api\/orders\/[^/]+$/, ['看订单', 'Look at the order']],
  [/^GET \/api\/orders/, ['看订单列表', 'Look at the orders']],
  [/jscode2session$/, ['服务用 code 换 openid', 'The service learns who it is']],
  [/\/pay\/unifiedorder$/, ['统一下单：请微信准备一笔支付', 'Prepare a payment at WeChat']],
  [/\/pay\/orderquery$/, ['查单：这笔钱付了吗？', 'Ask WeChat: has it been paid?']],
  [/\/pay\/closeorder$/, ['关单：之后不能再付', 'Close it: nobody can pay it now']],
  [/\/secapi\/pay\/refund$/, ['申请退款（双向证书）', 'Refund, with the merchant certificate']],
  [/\/pay\/refundquery$/, ['查退款：钱退回了吗？', 'Ask WeChat: has it gone back?']],
  [/\/wechat\/notify\/payment$/, ['支付通知：用户付款了', 'Notice: somebody has paid']],
  [/\/wechat\/notify\/refund$/, ['退款通知：退款有结果了', 'Notice: the refund has ended']],
];

export function meaningOf(name: string): Words {
  return MEANINGS.find(([pattern]) => pattern.test(name))?.[1] ?? [name, name];
}

/** A look that changes nothing, and that a page repeats. */
export const collapsible = (name: string): boolean => name.startsWith('GET /api/');
