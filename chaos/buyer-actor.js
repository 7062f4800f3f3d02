import { GaveUpError } from './shop-client.js';

/**
 * A buyer with the mini-program. Uses the shop by its API and the phone by the simulator.
 *
 * @typedef {{ shopClient: import('./shop-client.js').ShopClient, wechat: import('./simulator-process.js').SimulatorProcess, answerRecord: import('./answer-record.js').AnswerRecord, secrets: Record<string, string>,
 *   writtenOff: string[] }} ScenarioServices `writtenOff`: payments that WeChat reported as nonexistent
 * @typedef {{ outTradeNo: string, orderNo: string, requestPayment: Record<string, string> }} PaymentSheet
 */
export class BuyerActor {
  #clients;
  #openid = '';
  /** The user id of this buyer, after the login. */
  id = '';
  /** All coupons of this buyer, used or not. */
  coupons = /** @type {string[]} */ ([]);
  #token = '';
  /** @type {Promise<void> | null} */
  #login = null;

  /** @param {ScenarioServices} clients */
  constructor(clients) {
    this.#clients = clients;
  }

  /**
   * @param {{ productId: string, quantity: number }[]} items
   * @param {string} key
   * @param {string | null} [couponId]
   */
  async createOrder(items, key, couponId = null) {
    const reply = await this.request('POST', 'orders', { body: { items, ...(couponId && { couponId }) }, key });
    if (reply.status === 201) this.#clients.answerRecord.recordOrder(reply.body);
    return reply;
  }

  /**
   * @param {string} orderNo
   * @param {'JSAPI' | 'NATIVE'} [tradeType]
   * @returns {Promise<PaymentSheet | null>} null if the order cannot be paid
   */
  async startPayment(orderNo, tradeType = 'JSAPI') {
    const { status, body } = await this.request('POST', `orders/${orderNo}/pay`, { body: { tradeType } });
    if (status !== 200) return null;
    this.#clients.answerRecord.recordPayment(body);
    return body;
  }

  /**
   * One call without a retry; its answer is ignored.
   * @param {string} orderNo
   * @param {'JSAPI' | 'NATIVE'} tradeType
   */
  async tryStartPayment(orderNo, tradeType) {
    await this.#clients.shopClient.requestOnce('POST', `/api/orders/${orderNo}/pay`, {
      token: this.#token,
      body: { tradeType },
    });
  }

  /**
   * Enters the password, or does what the input says.
   * @param {PaymentSheet | null} sheet
   * @param {object} [input]
   * @returns {Promise<boolean>} whether the phone shows success
   */
  async confirmPayment(sheet, input = {}) {
    if (!sheet) return false;
    const { codeUrl } = sheet.requestPayment;
    const how = codeUrl === undefined ? { requestPayment: sheet.requestPayment } : { codeUrl };
    const path = codeUrl === undefined ? 'cashier/pay' : 'cashier/scan';
    const { errMsg } = await this.#clients.wechat.control('POST', path, { openid: this.#openid, ...how, ...input });
    return errMsg === 'requestPayment:ok';
  }

  /** @param {PaymentSheet} sheet */
  async openPasswordPrompt(sheet) {
    const body = { openid: this.#openid, requestPayment: sheet.requestPayment, userPaying: true };
    await this.#clients.wechat.control('POST', 'cashier/open', body);
  }

  /**
   * @param {string} orderNo
   * @param {'sync' | 'cancel' | null} [action] null: only reads the order
   */
  async callOrder(orderNo, action = null) {
    const method = action === null ? 'GET' : 'POST';
    const reply = await this.request(method, `orders/${orderNo}${action === null ? '' : `/${action}`}`);
    if (reply.status === 200) this.#clients.answerRecord.recordOrder(reply.body);
    return reply;
  }

  /**
   * @param {string} orderNo
   * @param {{ amountFen?: number, reason: string, reasonCode?: string }} input
   * @param {string} key
   */
  async requestRefund(orderNo, input, key) {
    const reply = await this.request('POST', `orders/${orderNo}/refunds`, { body: input, key });
    if (reply.status === 201) this.#clients.answerRecord.recordRefund(reply.body);
    return reply;
  }

  /**
   * @param {string} refundNo
   * @param {'cancel' | null} [action] null: only reads the refund
   */
  async callRefund(refundNo, action = null) {
    const reply = await this.request(action ? 'POST' : 'GET', `refunds/${refundNo}${action ? `/${action}` : ''}`);
    if (reply.status === 200) this.#clients.answerRecord.recordRefund(reply.body);
    return reply;
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path below /api/
   * @param {import('./shop-client.js').Call} [call]
   */
  async request(method, path, call = {}) {
    for (let logins = 0; ; logins++) {
      if (this.#token === '') await this.#logIn();
      const token = this.#token;
      const reply = await this.#clients.shopClient.request(method, `/api/${path}`, { ...call, token });
      if (reply.status !== 401 || logins === 3) return reply;
      if (this.#token === token) this.#token = '';
    }
  }

  /** One login at a time. Each attempt needs a new code, because a code works once. */
  #logIn() {
    this.#login ??= this.#tryLogIn().finally(() => (this.#login = null));
    return this.#login;
  }

  async #tryLogIn() {
    const { wechat, shopClient, secrets } = this.#clients;
    for (let attempt = 0; attempt < 30; attempt++) {
      const { code, openid } = await wechat.control(
        'POST',
        'codes',
        this.#openid === '' ? {} : { openid: this.#openid },
      );
      this.#openid = openid;
      const reply = await shopClient.request('POST', '/api/auth/login', { body: { code } }).catch((error) => {
        if (error instanceof GaveUpError) return null;
        throw error;
      });
      if (reply?.status !== 200) continue; // the code was used by a call whose answer was lost
      this.#token = reply.body.token;
      this.id = reply.body.user.id;
      secrets[`token ${Object.keys(secrets).length}`] = this.#token;
      return;
    }
    throw new GaveUpError('login');
  }
}
