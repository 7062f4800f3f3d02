// The wx-checkout client for a native mini-program: one file, no dependencies. Copy it into your project.
// wx-checkout 的小程序客户端：单文件、无依赖，可直接复制使用。
//
//   const { createCheckout } = require('./utils/checkout.js');
//   const checkout = createCheckout({ baseUrl: 'https://pay.example.com' });
//
//   const order = await checkout.placeOrder([{ productId, quantity: 1 }], { key: checkout.newKey() });
//   const { outcome } = await checkout.pay(order.orderNo); // 'paid' | 'cancelled' | 'confirming' | 'closed'
//
// What it does for your pages:
// - it logs in by itself, and again when the token has expired, once for all concurrent calls;
// - it repeats calls that are safe to repeat: after a network failure, a 429 or 503, or a WeChat time-out;
// - calls that create an order or a refund carry an Idempotency-Key, so a repetition never creates a second one;
// - it does not trust the result of wx.requestPayment: the server queries WeChat.

/** The six functions that differ between a native mini-program and uni-app. */
const platform = {
  /** @returns {Promise<string>} a code for one login. */
  login: () => new Promise((resolve, reject) => wx.login({ success: ({ code }) => resolve(code), fail: reject })),
  request: (options) => new Promise((resolve, reject) => wx.request({ ...options, success: resolve, fail: reject })),
  requestPayment: (given) =>
    new Promise((resolve, reject) => wx.requestPayment({ ...given, success: resolve, fail: reject })),
  /** Resolves after any choice of the user, and at once when the phone's WeChat version is too old to ask. */
  askConsent: (tmplIds) =>
    new Promise((resolve) => {
      if (!wx.requestSubscribeMessage) resolve();
      else wx.requestSubscribeMessage({ tmplIds, complete: resolve });
    }),
  read: (name) => wx.getStorageSync(name),
  write: (name, value) => (value ? wx.setStorageSync(name, value) : wx.removeStorageSync(name)),
};

// ---- From here on the file is the same as for uni-app: a test compares them. ----

/** Maximum number of attempts for one call. */
const TRIES = 4;
/** Milliseconds for one attempt. The server needs up to ten seconds when WeChat is slow. */
const TIMEOUT_MS = 30000;
/** Milliseconds before each query of a payment that the phone reports as paid; about twelve seconds in total. */
const SYNC_DELAYS_MS = [0, 800, 1500, 2500, 3500, 4000];
/** WeChat allows at most three templates in one request. */
const MOST_TEMPLATES = 3;
const TOKEN = 'wx-checkout-token';

/** Why a call failed. `code` is an error code of docs/errors.md, or `NETWORK` when no response came. */
class CheckoutError extends Error {
  constructor({ code, detail, status, retryable, requestId, errors, totalFen, payableFen }) {
    super(detail || code);
    this.name = 'CheckoutError';
    Object.assign(this, { code, detail, status, retryable, requestId, errors, totalFen, payableFen });
  }
}

/**
 * @param {{ baseUrl: string, pause?: (ms: number) => Promise<void> }} options `baseUrl`: the server's URL without a trailing
 * slash; it must be one of the mini-program's request domains (小程序后台 → 开发管理 → 服务器域名). `pause` is for tests.
 */
function createCheckout({ baseUrl, pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }) {
  let token = platform.read(TOKEN) || '';
  let loggingIn = null;
  let templates = null;

  /** Sends one call without retries. Rejects after a network failure. */
  function send(method, path, { data, key } = {}) {
    const header = { 'content-type': 'application/json', 'accept-language': 'zh-CN' };
    if (token) header.authorization = `Bearer ${token}`;
    if (key) header['idempotency-key'] = key;
    return platform.request({ url: baseUrl + path, method, data, header, timeout: TIMEOUT_MS });
  }

  function keep(newToken) {
    token = newToken;
    platform.write(TOKEN, newToken);
  }

  /** Exchanges a new code for a token. Concurrent calls share one login. */
  function login() {
    if (loggingIn === null) {
      loggingIn = platform
        .login()
        .then((code) => send('POST', '/api/auth/login', { data: { code } }))
        .then((answer) => {
          if (answer.statusCode !== 200) throw problemIn(answer);
          keep(answer.data.token);
        })
        .finally(() => {
          loggingIn = null;
        });
    }
    return loggingIn;
  }

  /** Sends a call with a token, and once more with a new one when the server rejects the old one. */
  async function sendLoggedIn(method, path, options) {
    if (!token) await login();
    const used = token;
    const answer = await send(method, path, options);
    const isCodeRefused = answer.data && answer.data.code === 'WECHAT_CODE_INVALID'; // the 401 is about the code, not the token
    if (answer.statusCode !== 401 || isCodeRefused) return answer;
    if (token === used) keep(''); // otherwise another call has already replaced the token
    if (!token) await login();
    return send(method, path, options);
  }

  /**
   * Calls the API. It repeats the call where that is safe and may help; every repetition carries the same key.
   * @throws {CheckoutError}
   */
  async function api(method, path, { tries = TRIES, ...options } = {}) {
    for (let tried = 1; ; tried++) {
      let failure;
      let waitMs = 500 * tried;
      try {
        const answer = await sendLoggedIn(method, path, options);
        if (answer.statusCode < 400) return answer.data;
        failure = problemIn(answer);
        waitMs = Math.max(waitMs, secondsToWait(answer.header) * 1000);
      } catch (error) {
        failure = error instanceof CheckoutError ? error : noNetwork(error);
      }
      if (!failure.retryable || tried >= tries) throw failure;
      await pause(waitMs);
    }
  }

  /** Makes the server query WeChat. */
  const sync = (orderNo, options) => api('POST', `/api/orders/${orderNo}/sync`, options);

  /**
   * Queries until the payment has a final state, or the pauses are used up. @returns {Promise<object | null>} null when
   * no query succeeded.
   */
  async function syncRepeatedly(orderNo, pausesMs) {
    let order = null;
    for (const ms of pausesMs) {
      if (ms > 0) await pause(ms);
      try {
        order = await sync(orderNo, { tries: pausesMs.length > 1 ? 1 : TRIES }); // the loop repeats it already
      } catch (error) {
        if (!error.retryable) throw error; // a network failure may pass, a wrong request will not
      }
      if (order !== null && order.status !== 'PENDING') break;
    }
    return order;
  }

  /**
   * Loads the list of messages that the shop sends. Call it before the user taps, because WeChat asks for consent only
   * within a tap. Never fails.
   */
  async function loadMessages() {
    try {
      const answer = await send('GET', '/api/message-templates');
      if (answer.statusCode === 200) templates = answer.data.items;
    } catch {
      // The user is not asked this time; nothing else depends on it.
    }
  }

  /**
   * Asks the user's consent to one message for each of these events ('orderPaid', 'refundApproved' …). Call it first in
   * the tap's handler. It resolves after any response, and at once when the shop sends none of them: a refusal must not
   * prevent a payment.
   */
  async function askToTell(events) {
    if (templates === null) {
      loadMessages(); // for the next time
      return;
    }
    const wanted = templates.filter(({ event }) => events.includes(event)).map(({ templateId }) => templateId);
    const tmplIds = [...new Set(wanted)].slice(0, MOST_TEMPLATES);
    if (tmplIds.length > 0) await platform.askConsent(tmplIds);
  }

  /**
   * Opens WeChat's payment page and returns the result that the server has confirmed. May be called again at any time: an
   * order is never paid twice.
   * @returns {Promise<{ outcome: 'paid' | 'cancelled' | 'confirming' | 'closed', order: object | null }>}
   * `confirming`: the payer has paid, but WeChat has not confirmed it yet or could not be queried. Ask the user not to
   * pay again; the order becomes PAID without further calls. `order` is null when nothing could be loaded.
   */
  async function pay(orderNo) {
    let requestPayment;
    try {
      ({ requestPayment } = await api('POST', `/api/orders/${orderNo}/pay`, { data: { tradeType: 'JSAPI' } }));
    } catch (error) {
      if (error.code !== 'ORDER_NOT_PAYABLE') throw error;
      return outcomeOf(await api('GET', `/api/orders/${orderNo}`), 'closed'); // paid or closed meanwhile
    }
    const result = await platform.requestPayment(requestPayment).catch((error) => error);
    if (/:ok/.test(result.errMsg)) return outcomeOf(await syncRepeatedly(orderNo, SYNC_DELAYS_MS), 'confirming');
    // Some phones report "cancel" or "fail" although the payment succeeded, so it is queried once.
    return outcomeOf(await syncRepeatedly(orderNo, [0]), 'cancelled');
  }

  return {
    api,
    login,
    newKey,
    loadMessages,
    askToTell,
    /** The current user: { id, phone }; `phone` is masked, or null until the user has shared it. */
    me: () => api('GET', '/api/auth/me'),
    /**
     * Exchanges the code of the getPhoneNumber button for the phone number. Never repeated, because the code works
     * once. After a lost response `me()` shows whether it worked. @param code `event.detail.code`; missing when the
     * user refused.
     */
    givePhone: (code) => api('POST', '/api/auth/phone', { data: { code }, tries: 1 }),
    products: () => api('GET', '/api/products?limit=100'),
    /** The coupons that an order can use: { id, name, discountFen, minSpendFen, expiresAt }, newest first. */
    coupons: async () => (await api('GET', '/api/coupons?status=AVAILABLE&limit=100')).items,
    /**
     * @param items [{ productId, quantity }] @param options.key one per intended order: keep it until the order is
     * placed.
     * @param options.couponId one of `coupons()`; the server calculates the discount.
     * @param options.expectedTotalFen the displayed price of the items before the coupon, and `expectedPayableFen` the
     * displayed amount to pay. A changed price fails with PRICE_CHANGED and the new `totalFen`: show it and ask again.
     */
    placeOrder: (items, { key, remark, couponId, expectedTotalFen, expectedPayableFen }) => {
      const shown = {
        ...(expectedTotalFen !== undefined && { expectedTotalFen }),
        ...(expectedPayableFen !== undefined && { expectedPayableFen }),
      };
      const data = { items, ...(remark && { remark }), ...(couponId && { couponId }), ...shown };
      return api('POST', '/api/orders', { data, key });
    },
    orders: (cursor) => api('GET', `/api/orders?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
    order: (orderNo) => api('GET', `/api/orders/${orderNo}`),
    pay,
    sync: (orderNo) => sync(orderNo),
    cancel: (orderNo) => api('POST', `/api/orders/${orderNo}/cancel`),
    /**
     * @param request { amountFen?, reason, reasonCode? }; without `amountFen`, the whole remaining amount. @param
     * options.key as above.
     */
    askRefund: (orderNo, request, { key }) => api('POST', `/api/orders/${orderNo}/refunds`, { data: request, key }),
    refundsOf: (orderNo) => api('GET', `/api/orders/${orderNo}/refunds?limit=100`),
    cancelRefund: (refundNo) => api('POST', `/api/refunds/${refundNo}/cancel`),
  };
}

/**
 * Identifies one intended order or refund, however often it is sent. Math.random is used because mini-programs have no
 * synchronous source of random bytes.
 */
function newKey() {
  const random = () => Math.random().toString(36).slice(2, 12);
  return `${Date.now().toString(36)}-${random()}${random()}`;
}

function outcomeOf(order, otherwise) {
  if (order !== null && order.status === 'PAID') return { outcome: 'paid', order };
  if (order !== null && order.status === 'CLOSED') return { outcome: 'closed', order };
  return { outcome: otherwise, order };
}

/** Uses the server's error; the page of a proxy in between has no code. */
function problemIn({ statusCode: status, data }) {
  if (data && data.code) return new CheckoutError({ ...data, status });
  return new CheckoutError({ code: 'UNREADABLE', detail: `HTTP ${status}`, status, retryable: status >= 500 });
}

function noNetwork(error) {
  return new CheckoutError({ code: 'NETWORK', detail: (error && error.errMsg) || String(error), retryable: true });
}

function secondsToWait(header = {}) {
  return Number(header['Retry-After'] || header['retry-after'] || 0);
}

/** The texts for the user. For a code that is not listed, the server's Chinese `detail` is shown. */
const TEXTS = {
  NETWORK: '网络不给力，请检查网络后重试',
  UNREADABLE: '服务暂时不可用，请稍后再试',
  INTERNAL: '服务开了小差，请稍后再试',
  SERVICE_UNAVAILABLE: '服务繁忙，请稍后再试',
  TOO_MANY_REQUESTS: '操作太频繁，请稍后再试',
  VALIDATION_FAILED: '填写的内容有误，请检查后重试',
  UNAUTHENTICATED: '登录已失效，请重新打开小程序',
  WECHAT_CODE_INVALID: '微信授权已失效，请重试',
  WECHAT_USER_BLOCKED: '当前微信号暂时无法登录',
  WECHAT_RATE_LIMITED: '登录太频繁，请一分钟后再试',
  WECHAT_UNAVAILABLE: '微信支付暂时没有响应，请稍后再试，不会重复扣款',
  WECHAT_REJECTED: '暂时无法发起支付，请联系商家',
  PRODUCT_NOT_FOUND: '商品已下架',
  OUT_OF_STOCK: '库存不足，请减少数量或换一件',
  PRICE_CHANGED: '价格已变化，请确认新价格',
  COUPON_NOT_USABLE: '该优惠券不可用于此订单',
  ORDER_NOT_FOUND: '订单不存在',
  ORDER_NOT_PAYABLE: '订单已支付或已关闭',
  ORDER_NOT_CANCELLABLE: '订单已支付，不能取消',
  ORDER_BUSY: '订单正在处理，请稍后再试',
  ORDER_NOT_REFUNDABLE: '该订单暂不能退款',
  REFUND_EXCEEDS_PAYMENT: '退款金额超过可退金额',
  REFUND_NOT_FOUND: '退款单不存在',
  REFUND_NOT_DECIDABLE: '退款已在处理，不能撤销',
  IDEMPOTENCY_KEY_REUSED: '订单内容已变化，请返回重新提交',
};

function textOf(error) {
  return TEXTS[error && error.code] || (error && error.detail) || '出了点问题，请稍后再试';
}

module.exports = { createCheckout, CheckoutError, textOf };
