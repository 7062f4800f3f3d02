/** English first, Simplified Chinese second. `{name}` is filled in from the error's facts; `{…Fen}` becomes yuan. */
type Bilingual = readonly [en: string, zh: string];

interface CatalogEntry {
  status: number;
  /** Whether the very same call may succeed later. */
  retryable: boolean;
  title: Bilingual;
  detail: Bilingual;
}

const permanent = (status: number, title: Bilingual, detail: Bilingual): CatalogEntry => ({
  status,
  retryable: false,
  title,
  detail,
});
const retryable = (status: number, title: Bilingual, detail: Bilingual): CatalogEntry => ({
  status,
  retryable: true,
  title,
  detail,
});

/** Every refusal a caller may act on. Clients switch on these words: append, never rename. docs/errors.md is checked against it. */
export const PROBLEMS = {
  VALIDATION_FAILED: permanent(400, ['Invalid request', '请求无效'], ['{reason}', '以下内容有误：{fields}。']),
  UNAUTHENTICATED: permanent(
    401,
    ['Not logged in', '未登录'],
    ['A valid bearer token is needed: log in again.', '需要有效的登录凭证，请重新登录。'],
  ),
  BAD_CREDENTIALS: permanent(
    401,
    ['Wrong name or password', '用户名或密码错误'],
    ['The name and password do not fit.', '用户名与密码不匹配。'],
  ),
  WECHAT_CODE_INVALID: permanent(
    401,
    ['Code not accepted', '微信 code 无效'],
    ['WeChat did not accept the code: get a new one from {source}.', '微信未接受该 code，请通过 {source} 重新获取。'],
  ),
  FORBIDDEN: permanent(
    403,
    ['Not allowed', '没有权限'],
    ['Your role does not allow this.', '您的角色无权进行此操作。'],
  ),
  WECHAT_USER_BLOCKED: permanent(
    403,
    ['User blocked by WeChat', '用户已被微信限制'],
    ['WeChat considers this user a risk and blocks the call.', '微信判定该用户存在风险，已拦截。'],
  ),
  NOT_FOUND: permanent(404, ['Not found', '不存在'], ['There is nothing at this address.', '该地址不存在。']),
  PRODUCT_NOT_FOUND: permanent(
    404,
    ['No such product', '商品不存在'],
    [
      'Product {productId} does not exist or is not on sale. Load the products again.',
      '商品 {productId} 不存在或已下架，请刷新商品列表。',
    ],
  ),
  ORDER_NOT_FOUND: permanent(
    404,
    ['No such order', '订单不存在'],
    ['There is no order {orderNo}.', '订单 {orderNo} 不存在。'],
  ),
  ADMIN_NOT_FOUND: permanent(
    404,
    ['No such account', '账号不存在'],
    ['There is no account {id}.', '账号 {id} 不存在。'],
  ),
  API_KEY_NOT_FOUND: permanent(
    404,
    ['No such API key', 'API 密钥不存在'],
    ['There is no API key {id}.', 'API 密钥 {id} 不存在。'],
  ),
  REFUND_NOT_FOUND: permanent(
    404,
    ['No such refund', '退款单不存在'],
    ['There is no refund {refundNo}.', '退款单 {refundNo} 不存在。'],
  ),
  COUPON_NOT_FOUND: permanent(
    404,
    ['No such coupon', '优惠券不存在'],
    ['There is no coupon {couponId}.', '优惠券 {couponId} 不存在。'],
  ),
  USER_NOT_FOUND: permanent(
    404,
    ['No such user', '用户不存在'],
    ['There is no user {userId}.', '用户 {userId} 不存在。'],
  ),
  OUT_OF_STOCK: permanent(
    409,
    ['Out of stock', '库存不足'],
    ['There is not enough of "{product}" ({productId}) left.', '商品“{product}”（{productId}）库存不足。'],
  ),
  PRICE_CHANGED: permanent(
    409,
    ['Price changed', '价格已变化'],
    [
      'The price has changed: the goods come to {totalFen} now. Show the new price and ask the buyer again.',
      '价格已变化：商品合计现为 {totalFen}，请确认新价格后重新提交。',
    ],
  ),
  COUPON_NOT_USABLE: permanent(
    409,
    ['Coupon not usable', '优惠券不可用'],
    ['This coupon cannot be used here.', '该优惠券不可用于此订单。'],
  ),
  ORDER_LIMIT_REACHED: permanent(
    409,
    ['Too much waits for payment', '待支付的订单过多'],
    [
      'Too many orders or pieces wait for payment. Pay or cancel an earlier order first.',
      '待支付的订单或商品数量过多，请先支付或取消之前的订单。',
    ],
  ),
  USER_BLOCKED: permanent(
    403,
    ['Account blocked by the shop', '账号已被商家停用'],
    [
      'The shop has blocked this account: it cannot log in, order or pay. Contact the shop.',
      '该账号已被商家停用，无法登录、下单或支付，请联系商家。',
    ],
  ),
  ORDER_NOT_PAYABLE: permanent(
    409,
    ['Order cannot be paid', '订单不可支付'],
    ['Order {orderNo} is {state} and cannot be paid.', '订单 {orderNo} 当前状态为“{state}”，不可支付。'],
  ),
  ORDER_NOT_CANCELLABLE: permanent(
    409,
    ['Order cannot be cancelled', '订单不可取消'],
    ['Order {orderNo} is {state} and cannot be cancelled.', '订单 {orderNo} 当前状态为“{state}”，不可取消。'],
  ),
  ORDER_NOT_REFUNDABLE: permanent(
    409,
    ['Order cannot be refunded', '订单不可退款'],
    ['Order {orderNo} cannot be refunded: {state}.', '订单 {orderNo} 不可退款：{state}。'],
  ),
  REFUND_EXCEEDS_PAYMENT: permanent(
    409,
    ['More than is left of the payment', '退款金额超出可退金额'],
    [
      '{amountFen} is more than the {leftFen} that can still be refunded: choose a lower amount.',
      '退款金额 {amountFen} 超出可退的 {leftFen}，请减小金额。',
    ],
  ),
  RETURN_NEEDS_ITEMS: permanent(
    409,
    ['Name the pieces that return', '请逐件填写退回的商品'],
    [
      'returnStock returns the whole order, and is for a full refund of an order of which nothing was shipped. Name the pieces that returned in returnItems, or leave both out.',
      'returnStock 表示整单退回库存，仅限未发货订单的全额退款。请用 returnItems 填写实际退回的商品和件数，或两者都不填。',
    ],
  ),
  RETURN_EXCEEDS_ORDER: permanent(
    409,
    ['More pieces than can return', '退回件数超出可退件数'],
    [
      '{quantity} pieces of product {productId} cannot return: {left} of order {orderNo} are left. Name at most these.',
      '商品 {productId} 不能退回 {quantity} 件：订单 {orderNo} 还可退回 {left} 件，请填写不超过该数量的件数。',
    ],
  ),
  RETURN_NOT_POSSIBLE: permanent(
    409,
    ['No goods belong to this money', '该款项没有对应的商品'],
    [
      'No goods or coupon of order {orderNo} belong to this money: it came after the close, or twice. Leave returnStock, returnItems and returnCoupon out.',
      '该款项是订单 {orderNo} 关闭后到账或重复支付的钱，没有对应的商品或优惠券，请不要填写退回商品或优惠券。',
    ],
  ),
  COUPON_NOT_RETURNABLE: permanent(
    409,
    ['Coupon cannot return', '优惠券不能退回'],
    [
      'A coupon returns only when all of the money of its order does. Order {orderNo} has none, or keeps some of its money: leave returnCoupon out.',
      '只有全额退款时才能退回优惠券。订单 {orderNo} 未使用优惠券，或退款后仍有余额，请不要填写 returnCoupon。',
    ],
  ),
  REFUND_LIMIT_REACHED: permanent(
    409,
    ['Refund limit reached', '已达退款上限'],
    [
      '{amountFen} is more than the {leftFen} that this key may still refund today. Its limit is {limitFen} per Beijing day.',
      '退款金额 {amountFen} 超出该密钥今日剩余的 {leftFen}（每个北京日上限 {limitFen}）。',
    ],
  ),
  REFUND_NOT_DECIDABLE: permanent(
    409,
    ['Too late for this decision', '退款单状态不允许此操作'],
    ['Refund {refundNo} is {state} already.', '退款单 {refundNo} 当前状态为“{state}”，不可进行此操作。'],
  ),
  REFUND_KNOWN_TO_WECHAT: permanent(
    409,
    ['WeChat has this refund', '微信已受理该退款'],
    [
      'WeChat has accepted refund {refundNo}, so it cannot be abandoned. Retry it, or finish it in the WeChat merchant platform.',
      '微信已受理退款单 {refundNo}，不能放弃。请重试，或在微信商户平台处理。',
    ],
  ),
  REFUND_SENT_RECENTLY: retryable(
    409,
    ['Refund sent a moment ago', '退款刚刚发送'],
    [
      'Refund {refundNo} was sent without a clear answer, and WeChat may not show it yet. Try again in {minutes} min.',
      '退款单 {refundNo} 刚刚发送且结果未明，微信可能尚未显示。请在 {minutes} 分钟后重试。',
    ],
  ),
  SHIPMENT_NOT_FOUND: permanent(
    404,
    ['No such shipment', '发货记录不存在'],
    ['Order {orderNo} has no shipment {shipmentNo}.', '订单 {orderNo} 没有第 {shipmentNo} 条发货记录。'],
  ),
  ORDER_NOT_SHIPPABLE: permanent(
    409,
    ['Order cannot be shipped', '订单不可发货'],
    ['Order {orderNo} cannot be shipped: {state}.', '订单 {orderNo} 不可发货：{state}。'],
  ),
  SHIPMENT_NOT_RETRYABLE: permanent(
    409,
    ['Nothing to send again', '无需重新上传'],
    [
      'Shipment {shipmentNo} of order {orderNo} is {state}: only what is stuck or was kept back is sent again.',
      '订单 {orderNo} 的第 {shipmentNo} 条发货记录当前为“{state}”，只有上传失败或未上传的记录才能重新上传。',
    ],
  ),
  RESHIP_TOO_EARLY: permanent(
    409,
    ['Too early to re-ship', '尚不能重新发货'],
    [
      'Order {orderNo} can be re-shipped once WeChat has all of its parcels.',
      '订单 {orderNo} 的全部包裹录入微信后才能重新发货。',
    ],
  ),
  RESHIP_USED: permanent(
    409,
    ['Re-ship used', '重新发货机会已用完'],
    [
      'Order {orderNo} was re-shipped before: WeChat allows that once for a payment.',
      '订单 {orderNo} 已重新发货过一次，微信对每笔支付只允许一次。',
    ],
  ),
  ORDER_BUSY: retryable(
    409,
    ['Order is being changed', '订单处理中'],
    ['Order {orderNo} is being changed by another call.', '订单 {orderNo} 正被另一请求处理，请稍后再试。'],
  ),
  IDEMPOTENCY_KEY_REQUIRED: permanent(
    400,
    ['Idempotency key required', '缺少幂等键'],
    [
      'This call needs an Idempotency-Key header: one new key for each refund, the same key for each repetition.',
      '此请求必须带 Idempotency-Key 请求头：每笔退款使用一个新的值，重试时使用相同的值。',
    ],
  ),
  IDEMPOTENCY_KEY_REUSED: permanent(
    409,
    ['Idempotency key reused', '幂等键重复使用'],
    ['This Idempotency-Key was used before for another request.', '该 Idempotency-Key 已用于另一请求。'],
  ),
  USERNAME_TAKEN: permanent(
    409,
    ['Name taken', '用户名已存在'],
    ['There is a {username} already.', '用户名 {username} 已存在。'],
  ),
  LAST_ADMIN: permanent(
    409,
    ['Last administrator', '最后一名管理员'],
    [
      'This is the last active administrator, who can be neither disabled nor demoted.',
      '该账号是最后一名可用的管理员，不能停用或降级。',
    ],
  ),
  STOCK_CHANGED: permanent(
    409,
    ['Stock has changed', '库存已变化'],
    ['Product {productId} has {stock} pieces now.', '商品 {productId} 的库存现为 {stock} 件。'],
  ),
  PAYLOAD_TOO_LARGE: permanent(
    413,
    ['Request too large', '请求过大'],
    ['The body is larger than allowed.', '请求体超过允许的大小。'],
  ),
  UNSUPPORTED_MEDIA_TYPE: permanent(
    415,
    ['Unsupported media type', '不支持的媒体类型'],
    ['The body must be application/json.', '请求体必须为 application/json。'],
  ),
  TOO_MANY_REQUESTS: retryable(
    429,
    ['Too many requests', '请求过多'],
    ['Slow down and try again later.', '请求过于频繁，请稍后再试。'],
  ),
  TOO_MANY_ATTEMPTS: retryable(
    429,
    ['Too many attempts', '尝试次数过多'],
    ['Too many failed logins: wait before the next.', '登录失败次数过多，请稍后再试。'],
  ),
  RATE_LIMITED: retryable(
    429,
    ['Too many calls', '操作过于频繁'],
    [
      'You call too often. Repeat the call after the time in Retry-After.',
      '操作过于频繁，请在 Retry-After 给出的时间后重试。',
    ],
  ),
  WECHAT_RATE_LIMITED: retryable(
    429,
    ['Rate limited by WeChat', '微信限流'],
    ['This user comes too often for WeChat: wait a minute.', '该用户操作过于频繁，请一分钟后再试。'],
  ),
  INTERNAL: retryable(500, ['Internal error', '内部错误'], ['Something went wrong on our side.', '服务出现内部错误。']),
  WECHAT_UNAVAILABLE: retryable(
    502,
    ['WeChat gave no usable answer', '微信暂不可用'],
    ['WeChat gave no usable answer. Nothing is lost: try again.', '微信未返回可用的结果，请稍后重试，数据不会丢失。'],
  ),
  WECHAT_REJECTED: permanent(
    502,
    ['Refused by WeChat', '微信拒绝了请求'],
    ['WeChat refused the request.', '微信拒绝了该请求。'],
  ),
  SERVICE_UNAVAILABLE: retryable(
    503,
    ['Temporarily unavailable', '服务暂不可用'],
    ['A part of the service does not answer: try again soon.', '服务的某个组件暂无响应，请稍后再试。'],
  ),
} as const satisfies Record<string, CatalogEntry>;

export type ProblemCode = keyof typeof PROBLEMS;
