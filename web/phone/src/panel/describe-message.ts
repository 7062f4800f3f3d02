import type { BilingualText } from '../i18n.ts';

/** What a message is for, for somebody who has never seen it. The first that fits. */
const DESCRIPTIONS: readonly (readonly [RegExp, BilingualText])[] = [
  [/^wx\.login$/, ['小程序向微信要一个登录 code', 'Ask WeChat for a login code']],
  [/^wx\.requestPayment$/, ['唤起微信收银台', "Open WeChat's cashier"]],
  [/^wx\.requestSubscribeMessage$/, ['问用户是否接收消息', 'Ask whether the user wants messages']],
  [/^GET \/api\/message-templates$/, ['商家会发哪些消息', 'Which messages the shop sends']],
  [/subscribe\/send$/, ['发订阅消息给买家', 'Send the buyer a message']],
  [/^POST \/api\/auth\/login$/, ['用 code 换登录令牌', 'Exchange the code for a token']],
  [/^getPhoneNumber$/, ['用户点按钮，微信问是否允许', 'The user taps; WeChat asks whether they allow it']],
  [/^POST \/api\/auth\/phone$/, ['用按钮给的 code 换手机号', 'Exchange the button’s code for the number']],
  [/^GET \/api\/auth\/me$/, ['我是谁', 'Who am I']],
  [/^GET \/api\/products/, ['看商品', 'Look at the shelf']],
  [/^GET \/api\/coupons/, ['看优惠券', 'Look at the coupons']],
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
  [/stable_token$|cgi-bin\/token$/, ['服务向微信要调用凭证', 'The service gets its access token']],
  [/getuserphonenumber$/, ['服务用 code 换手机号', 'The service learns the number']],
  [/\/pay\/unifiedorder$/, ['统一下单：请微信准备一笔支付', 'Prepare a payment at WeChat']],
  [/\/pay\/genprepay$/, ['预下单（2014 版 App 支付）', 'Prepare a payment in an app of 2014']],
  [/\/pay\/delivernotify$/, ['告诉微信：已发货', 'Tell WeChat that the goods are on their way']],
  [/\/pay\/orderquery$/, ['查单：这笔钱付了吗？', 'Ask WeChat: has it been paid?']],
  [/\/pay\/closeorder$/, ['关单：之后不能再付', 'Close it: nobody can pay it now']],
  [/\/secapi\/pay\/refund$/, ['申请退款（双向证书）', 'Refund, with the merchant certificate']],
  [/\/pay\/refundquery$/, ['查退款：钱退回了吗？', 'Ask WeChat: has it gone back?']],
  [/\/wechat\/notify\/payment$/, ['支付通知：用户付款了', 'Notice: somebody has paid']],
  [/\/wechat\/notify\/app-v1$/, ['支付通知（2014 版）：用户付款了', 'Notice of 2014: somebody has paid']],
  [/\/wechat\/notify\/refund$/, ['退款通知：退款有结果了', 'Notice: the refund has ended']],
];

export function describeMessage(name: string): BilingualText {
  return DESCRIPTIONS.find(([pattern]) => pattern.test(name))?.[1] ?? [name, name];
}

/** A look that changes nothing, and that a page repeats. */
export const isReadOnlyCall = (name: string): boolean => name.startsWith('GET /api/');
