/**
 * English first, Simplified Chinese second. `{name}` is replaced by a parameter of the error; `{…Fen}` is shown in
 * yuan.
 */
type Bilingual = readonly [en: string, zh: string];

interface CatalogEntry {
  status: number;
  /** Whether the same call may succeed later. */
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

/** All error codes of the API. Clients depend on them: never rename one. A test compares docs/errors.md. */
export const PROBLEMS = {
  VALIDATION_FAILED: permanent(400, ['Invalid request', '请求无效'], ['{reason}', '以下内容有误：{fields}。']),
  UNAUTHENTICATED: permanent(
    401,
    ['Not logged in', '未登录'],
    ['A valid bearer token is required. Log in again.', '需要有效的登录凭证，请重新登录。'],
  ),
  BAD_CREDENTIALS: permanent(
    401,
    ['Wrong username or password', '用户名或密码错误'],
    ['Wrong username or password.', '用户名或密码错误。'],
  ),
  WECHAT_CODE_INVALID: permanent(
    401,
    ['Invalid WeChat code', '微信 code 无效'],
    ['WeChat did not accept the code. Get a new one from {source}.', '微信未接受该 code，请通过 {source} 重新获取。'],
  ),
  FORBIDDEN: permanent(
    403,
    ['Not allowed', '没有权限'],
    ['Your role does not permit this action.', '您的角色无权进行此操作。'],
  ),
  WECHAT_USER_BLOCKED: permanent(
    403,
    ['User blocked by WeChat', '用户已被微信限制'],
    ['WeChat rates this user as a risk and blocked the call.', '微信判定该用户存在风险，已拦截。'],
  ),
  NOT_FOUND: permanent(404, ['Not found', '不存在'], ['This address does not exist.', '该地址不存在。']),
  PRODUCT_NOT_FOUND: permanent(
    404,
    ['Product not found', '商品不存在'],
    [
      'Product {productId} does not exist or is not on sale. Reload the list of products.',
      '商品 {productId} 不存在或已下架，请刷新商品列表。',
    ],
  ),
  ORDER_NOT_FOUND: permanent(
    404,
    ['Order not found', '订单不存在'],
    ['Order {orderNo} does not exist.', '订单 {orderNo} 不存在。'],
  ),
  ADMIN_NOT_FOUND: permanent(
    404,
    ['Account not found', '账号不存在'],
    ['Account {id} does not exist.', '账号 {id} 不存在。'],
  ),
  API_KEY_NOT_FOUND: permanent(
    404,
    ['API key not found', 'API 密钥不存在'],
    ['API key {id} does not exist.', 'API 密钥 {id} 不存在。'],
  ),
  EVENT_NOT_FOUND: permanent(
    404,
    ['Event not found', '事件不存在'],
    ['Event {id} does not exist. Events are kept for 30 days.', '事件 {id} 不存在。事件保留 30 天。'],
  ),
  EVENT_ENDPOINT_NOT_FOUND: permanent(
    404,
    ['Event endpoint not found', '事件接收地址不存在'],
    ['Event endpoint {id} does not exist.', '事件接收地址 {id} 不存在。'],
  ),
  REFUND_NOT_FOUND: permanent(
    404,
    ['Refund not found', '退款单不存在'],
    ['Refund {refundNo} does not exist.', '退款单 {refundNo} 不存在。'],
  ),
  COUPON_NOT_FOUND: permanent(
    404,
    ['Coupon not found', '优惠券不存在'],
    ['Coupon {couponId} does not exist.', '优惠券 {couponId} 不存在。'],
  ),
  USER_NOT_FOUND: permanent(
    404,
    ['User not found', '用户不存在'],
    ['User {userId} does not exist.', '用户 {userId} 不存在。'],
  ),
  BILL_NOT_FOUND: permanent(
    404,
    ['Bill not found', '账单不存在'],
    ['There is no bill of this day here. Reconcile the day first.', '系统中没有该日的账单，请先对账。'],
  ),
  BILL_FILE_NOT_FOUND: permanent(
    404,
    ['Bill file not found', '账单文件不存在'],
    ['No verified file of this day is stored.', '系统中没有该日已校验的账单文件。'],
  ),
  BILL_DIFFERENCE_NOT_FOUND: permanent(
    404,
    ['Difference not found', '差异不存在'],
    ['This day has no such difference.', '该日没有这条差异。'],
  ),
  EVENT_ENDPOINT_DISABLED: permanent(
    409,
    ['Event endpoint disabled', '事件接收地址已停用'],
    ['Event endpoint {id} is disabled. Enable it first.', '事件接收地址 {id} 已停用，请先启用。'],
  ),
  EVENT_ENDPOINT_LIMIT_REACHED: permanent(
    409,
    ['Too many event endpoints', '事件接收地址过多'],
    ['There are {limit} event endpoints. Delete one first.', '已有 {limit} 个事件接收地址，请先删除一个。'],
  ),
  OUT_OF_STOCK: permanent(
    409,
    ['Out of stock', '库存不足'],
    ['Not enough stock of "{product}" ({productId}).', '商品“{product}”（{productId}）库存不足。'],
  ),
  PRICE_CHANGED: permanent(
    409,
    ['Price changed', '价格已变化'],
    [
      'The price has changed: the items now cost {totalFen}. Confirm the new price and submit the order again.',
      '价格已变化：商品合计现为 {totalFen}，请确认新价格后重新提交。',
    ],
  ),
  COUPON_NOT_USABLE: permanent(
    409,
    ['Coupon not usable', '优惠券不可用'],
    ['This coupon cannot be used for this order.', '该优惠券不可用于此订单。'],
  ),
  ORDER_LIMIT_REACHED: permanent(
    409,
    ['Too many unpaid orders', '待支付的订单过多'],
    [
      'Too many unpaid orders or items. Pay or cancel an earlier order first.',
      '待支付的订单或商品数量过多，请先支付或取消之前的订单。',
    ],
  ),
  USER_BLOCKED: permanent(
    403,
    ['Account blocked by the merchant', '账号已被商家停用'],
    [
      'The merchant has blocked this account. It cannot log in, place orders or pay. Contact the merchant.',
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
    ['Refund exceeds the refundable amount', '退款金额超出可退金额'],
    [
      '{amountFen} exceeds the refundable amount of {leftFen}. Enter a lower amount.',
      '退款金额 {amountFen} 超出可退的 {leftFen}，请减小金额。',
    ],
  ),
  MERCHANT_ORDER_NO_TAKEN: permanent(
    409,
    ['Merchant order number taken', '商家系统订单号已被使用'],
    [
      'Order {orderNo} has the merchantOrderNo {merchantOrderNo} with other facts: {fields} differ. Use another number for another order.',
      '商家系统订单号 {merchantOrderNo} 已属于订单 {orderNo}，但 {fields} 不一致。不同的订单请使用不同的号码。',
    ],
  ),
  MERCHANT_REFUND_NO_TAKEN: permanent(
    409,
    ['Merchant refund number taken', '商家系统退款单号已被使用'],
    [
      'Refund {refundNo} has the merchantRefundNo {merchantRefundNo} with other facts: {fields} differ. Use another number for another refund.',
      '商家系统退款单号 {merchantRefundNo} 已属于退款单 {refundNo}，但 {fields} 不一致。不同的退款请使用不同的号码。',
    ],
  ),
  PAYER_REQUIRED: permanent(
    409,
    ['Payer required', '缺少付款人'],
    [
      'Order {orderNo} needs a payer for JSAPI: name payer.openid, or payer.code from wx.login.',
      '订单 {orderNo} 使用 JSAPI 支付需要付款人：请提供 payer.openid，或 wx.login 得到的 payer.code。',
    ],
  ),
  TRADE_TYPE_NOT_ALLOWED: permanent(
    409,
    ['Trade type not allowed', '不允许的支付方式'],
    [
      'Order {orderNo} cannot be paid by {tradeType}. Use one of: {allowed}.',
      '订单 {orderNo} 不能使用 {tradeType} 支付，可用：{allowed}。',
    ],
  ),
  ORDER_NOT_REOPENABLE: permanent(
    409,
    ['Order cannot be reopened', '订单不可重新开放'],
    [
      'Order {orderNo} is {state}. Only an order that has expired, and to which no money has come, can be reopened.',
      '订单 {orderNo} 当前状态为“{state}”。只有超时关闭且没有收到任何款项的订单才能重新开放。',
    ],
  ),
  RETURN_NEEDS_ITEMS: permanent(
    409,
    ['List the returned items', '请逐件填写退回的商品'],
    [
      'returnStock returns the whole order to stock. It is allowed only for a full refund of an order that was not shipped. List the returned items and quantities in returnItems, or omit both.',
      'returnStock 表示整单退回库存，仅限未发货订单的全额退款。请用 returnItems 填写实际退回的商品和件数，或两者都不填。',
    ],
  ),
  RETURN_EXCEEDS_ORDER: permanent(
    409,
    ['Returned quantity too high', '退回件数超出可退件数'],
    [
      'Cannot return {quantity} units of product {productId}: {left} of order {orderNo} can still be returned. Enter at most that quantity.',
      '商品 {productId} 不能退回 {quantity} 件：订单 {orderNo} 还可退回 {left} 件，请填写不超过该数量的件数。',
    ],
  ),
  RETURN_NOT_POSSIBLE: permanent(
    409,
    ['No items belong to this payment', '该款项没有对应的商品'],
    [
      'This payment of order {orderNo} arrived after the order was closed or is a duplicate. No items or coupon belong to it: omit returnStock, returnItems and returnCoupon.',
      '该款项是订单 {orderNo} 关闭后到账或重复支付的钱，没有对应的商品或优惠券，请不要填写退回商品或优惠券。',
    ],
  ),
  COUPON_NOT_RETURNABLE: permanent(
    409,
    ['Coupon cannot be returned', '优惠券不能退回'],
    [
      'A coupon is returned only with a full refund. Order {orderNo} used no coupon, or is not fully refunded: omit returnCoupon.',
      '只有全额退款时才能退回优惠券。订单 {orderNo} 未使用优惠券，或退款后仍有余额，请不要填写 returnCoupon。',
    ],
  ),
  REFUND_LIMIT_REACHED: permanent(
    409,
    ['Refund limit reached', '已达退款上限'],
    [
      '{amountFen} exceeds the {leftFen} that this key can still refund today. Its limit is {limitFen} per Beijing day.',
      '退款金额 {amountFen} 超出该密钥今日剩余的 {leftFen}（每个北京日上限 {limitFen}）。',
    ],
  ),
  REFUND_NOT_DECIDABLE: permanent(
    409,
    ['Not allowed in this refund status', '退款单状态不允许此操作'],
    [
      'Refund {refundNo} is {state}, so this action is not possible.',
      '退款单 {refundNo} 当前状态为“{state}”，不可进行此操作。',
    ],
  ),
  REFUND_KNOWN_TO_WECHAT: permanent(
    409,
    ['Refund accepted by WeChat', '微信已受理该退款'],
    [
      'WeChat has accepted refund {refundNo}, so it cannot be abandoned. Retry it, or process it in the WeChat merchant platform.',
      '微信已受理退款单 {refundNo}，不能放弃。请重试，或在微信商户平台处理。',
    ],
  ),
  REFUND_ALREADY_REDIRECTED: permanent(
    409,
    ['Refund sent elsewhere already', '退款已有去向'],
    [
      'The money of refund {refundNo} is being sent, or may have been sent, to another destination. Repeat the earlier choice, or complete it in the WeChat merchant platform.',
      '退款单 {refundNo} 的钱已经或可能已经退往另一个去向。请重复之前的选择，或在微信商户平台处理。',
    ],
  ),
  REFUND_SENT_RECENTLY: retryable(
    409,
    ['Refund sent recently', '退款刚刚发送'],
    [
      'Refund {refundNo} was sent recently and its outcome is unknown. WeChat may not show it yet. Try again in {minutes} min.',
      '退款单 {refundNo} 刚刚发送且结果未明，微信可能尚未显示。请在 {minutes} 分钟后重试。',
    ],
  ),
  SHIPMENT_NOT_FOUND: permanent(
    404,
    ['Shipment not found', '发货记录不存在'],
    ['Order {orderNo} has no shipment {shipmentNo}.', '订单 {orderNo} 没有第 {shipmentNo} 条发货记录。'],
  ),
  ORDER_NOT_SHIPPABLE: permanent(
    409,
    ['Order cannot be shipped', '订单不可发货'],
    ['Order {orderNo} cannot be shipped: {state}.', '订单 {orderNo} 不可发货：{state}。'],
  ),
  SHIPMENT_NOT_RETRYABLE: permanent(
    409,
    ['No upload to retry', '无需重新上传'],
    [
      'Shipment {shipmentNo} of order {orderNo} is {state}. Only shipments whose upload failed or was not made can be uploaded again.',
      '订单 {orderNo} 的第 {shipmentNo} 条发货记录当前为“{state}”，只有上传失败或未上传的记录才能重新上传。',
    ],
  ),
  RESHIP_TOO_EARLY: permanent(
    409,
    ['Too early to re-ship', '尚不能重新发货'],
    [
      'Order {orderNo} can be re-shipped after all of its shipments are uploaded to WeChat.',
      '订单 {orderNo} 的全部包裹录入微信后才能重新发货。',
    ],
  ),
  RESHIP_USED: permanent(
    409,
    ['Re-ship already used', '重新发货机会已用完'],
    [
      'Order {orderNo} was already re-shipped. WeChat allows one re-ship per payment.',
      '订单 {orderNo} 已重新发货过一次，微信对每笔支付只允许一次。',
    ],
  ),
  ORDER_BUSY: retryable(
    409,
    ['Order is being processed', '订单处理中'],
    [
      'Another request is processing order {orderNo}. Try again later.',
      '订单 {orderNo} 正被另一请求处理，请稍后再试。',
    ],
  ),
  BILL_DIFFERENCE_NOT_OPEN: permanent(
    409,
    ['Difference resolved', '差异已自动消除'],
    ['This difference has been resolved and needs no explanation.', '这条差异已自动消除，无需说明。'],
  ),
  BILL_BUSY: retryable(
    409,
    ['Reconciliation in progress', '正在对账'],
    ['This day is being reconciled. Try again in a minute.', '该日正在对账，请一分钟后重试。'],
  ),
  IDEMPOTENCY_KEY_REQUIRED: permanent(
    400,
    ['Idempotency key required', '缺少幂等键'],
    [
      'This request needs an Idempotency-Key header: a new key for each refund, the same key for each retry.',
      '此请求必须带 Idempotency-Key 请求头：每笔退款使用一个新的值，重试时使用相同的值。',
    ],
  ),
  IDEMPOTENCY_KEY_REUSED: permanent(
    409,
    ['Idempotency key reused', '幂等键重复使用'],
    ['This Idempotency-Key was already used for another request.', '该 Idempotency-Key 已用于另一请求。'],
  ),
  USERNAME_TAKEN: permanent(
    409,
    ['Username taken', '用户名已存在'],
    ['The username {username} is already taken.', '用户名 {username} 已存在。'],
  ),
  LAST_ADMIN: permanent(
    409,
    ['Last administrator', '最后一名管理员'],
    [
      'This account is the last active administrator. It cannot be disabled or demoted.',
      '该账号是最后一名可用的管理员，不能停用或降级。',
    ],
  ),
  STOCK_CHANGED: permanent(
    409,
    ['Stock has changed', '库存已变化'],
    ['Product {productId} now has {stock} units in stock.', '商品 {productId} 的库存现为 {stock} 件。'],
  ),
  PAYLOAD_TOO_LARGE: permanent(
    413,
    ['Request too large', '请求过大'],
    ['The request body exceeds the allowed size.', '请求体超过允许的大小。'],
  ),
  UNSUPPORTED_MEDIA_TYPE: permanent(
    415,
    ['Unsupported media type', '不支持的媒体类型'],
    ['The request body must be application/json.', '请求体必须为 application/json。'],
  ),
  TOO_MANY_REQUESTS: retryable(
    429,
    ['Too many requests', '请求过多'],
    ['Too many requests. Try again later.', '请求过于频繁，请稍后再试。'],
  ),
  TOO_MANY_ATTEMPTS: retryable(
    429,
    ['Too many attempts', '尝试次数过多'],
    ['Too many failed logins. Try again later.', '登录失败次数过多，请稍后再试。'],
  ),
  RATE_LIMITED: retryable(
    429,
    ['Too many calls', '操作过于频繁'],
    ['Too many calls. Retry after the time given in Retry-After.', '操作过于频繁，请在 Retry-After 给出的时间后重试。'],
  ),
  WECHAT_RATE_LIMITED: retryable(
    429,
    ['Rate limited by WeChat', '微信限流'],
    ['WeChat limits the calls of this user. Try again in a minute.', '该用户操作过于频繁，请一分钟后再试。'],
  ),
  INTERNAL: retryable(
    500,
    ['Internal error', '内部错误'],
    ['The service had an internal error.', '服务出现内部错误。'],
  ),
  WECHAT_UNAVAILABLE: retryable(
    502,
    ['WeChat unavailable', '微信暂不可用'],
    [
      'WeChat returned no usable response. Try again later; no data is lost.',
      '微信未返回可用的结果，请稍后重试，数据不会丢失。',
    ],
  ),
  WECHAT_REJECTED: permanent(
    502,
    ['Refused by WeChat', '微信拒绝了请求'],
    ['WeChat refused the request.', '微信拒绝了该请求。'],
  ),
  SERVICE_UNAVAILABLE: retryable(
    503,
    ['Temporarily unavailable', '服务暂不可用'],
    ['A component of the service does not respond. Try again later.', '服务的某个组件暂无响应，请稍后再试。'],
  ),
} as const satisfies Record<string, CatalogEntry>;

export type ProblemCode = keyof typeof PROBLEMS;
