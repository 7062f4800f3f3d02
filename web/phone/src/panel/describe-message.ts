import type { BilingualText } from '../i18n.ts';

/** Explanations of the messages for readers who do not know the API. The first match counts. */
const DESCRIPTIONS: readonly (readonly [RegExp, BilingualText])[] = [
  [/^wx\.login$/, ['小程序向微信要一个登录 code', 'Get a login code from WeChat']],
  [/^wx\.requestPayment$/, ['唤起微信收银台', "Open WeChat's payment sheet"]],
  [/^wx\.requestSubscribeMessage$/, ['问用户是否接收消息', 'Ask the user for permission to send messages']],
  [/^GET \/api\/message-templates$/, ['商家会发哪些消息', 'List message templates']],
  [/subscribe\/send$/, ['发订阅消息给买家', 'Send a message to the buyer']],
  [/^POST \/api\/auth\/login$/, ['用 code 换登录令牌', 'Exchange the code for a session token']],
  [/^getPhoneNumber$/, ['用户点按钮，微信问是否允许', 'User taps the button; WeChat asks for permission']],
  [/^POST \/api\/auth\/phone$/, ['用按钮给的 code 换手机号', "Exchange the button's code for the phone number"]],
  [/^GET \/api\/auth\/me$/, ['我是谁', 'Get the current user']],
  [/^GET \/api\/products/, ['获取商品列表', 'List products']],
  [/^GET \/api\/coupons/, ['看优惠券', 'List coupons']],
  [
    /^POST \/api\/orders$/,
    ['下单：服务端定价，预留库存', 'Place order: the service sets the price, stock is reserved'],
  ],
  [/^POST \/api\/orders\/[^/]+\/pay$/, ['请服务准备支付', 'Ask the service to prepare the payment']],
  [/^POST \/api\/orders\/[^/]+\/sync$/, ['支付完成，请求服务端核实', 'Paid: ask the service to verify']],
  [/^POST \/api\/orders\/[^/]+\/cancel$/, ['取消订单', 'Cancel the order']],
  [/^POST \/api\/orders\/[^/]+\/refunds$/, ['申请退款，等商家审核', 'Request a refund; staff approve it']],
  [/^POST \/api\/refunds\/[^/]+\/cancel$/, ['撤销退款申请', 'Withdraw refund request']],
  [/^GET \/api\/orders\/[^/]+\/refunds/, ['看退款', 'Get refunds']],
  [/^GET \/api\/orders\/[^/]+$/, ['看订单', 'Get the order']],
  [/^GET \/api\/orders/, ['看订单列表', 'List orders']],
  [/jscode2session$/, ['服务用 code 换 openid', 'The service exchanges the code for the openid']],
  [/stable_token$|cgi-bin\/token$/, ['服务向微信要调用凭证', 'The service gets an access token']],
  [/getuserphonenumber$/, ['服务用 code 换手机号', 'The service exchanges the code for the phone number']],
  [/\/pay\/unifiedorder$/, ['统一下单：请微信准备一笔支付', 'Create the payment at WeChat']],
  [/\/pay\/genprepay$/, ['预下单（2014 版 App 支付）', 'Create an app payment (2014 protocol)']],
  [/\/pay\/delivernotify$/, ['告诉微信：已发货', 'Report the shipment to WeChat']],
  [/\/pay\/orderquery$/, ['查单：这笔钱付了吗？', 'Query: is it paid?']],
  [/\/pay\/closeorder$/, ['关单：之后不能再付', 'Close the payment: it can no longer be paid']],
  [/\/secapi\/pay\/refund$/, ['申请退款（双向证书）', 'Send the refund, with the merchant certificate']],
  [/\/pay\/refundquery$/, ['查退款：钱退回了吗？', 'Query: is the refund complete?']],
  [/\/wechat\/notify\/payment$/, ['支付通知：用户付款了', 'Payment notice: the user has paid']],
  [
    /\/wechat\/notify\/app-v1$/,
    ['支付通知（2014 版）：用户付款了', 'Payment notice (2014 protocol): the user has paid'],
  ],
  [/\/wechat\/notify\/refund$/, ['退款通知：退款有结果了', 'Refund notice: the refund has a result']],
];

export function describeMessage(name: string): BilingualText {
  return DESCRIPTIONS.find(([pattern]) => pattern.test(name))?.[1] ?? [name, name];
}

/** Calls that change nothing. Repeated ones are merged into one line. */
export const isReadOnlyCall = (name: string): boolean => name.startsWith('GET /api/');
