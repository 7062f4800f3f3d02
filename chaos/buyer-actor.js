import { GaveUpError } from './shop-client.js';

/**
 * Somebody with the mini-program in hand. Knows the shop by its API and their own phone by the simulator.
 *
 * @typedef {{ line: import('./shop-client.js').ShopClient, wechat: import('./simulator-process.js').SimulatorProcess, told: import('./answer-record.js').AnswerRecord, secrets: Record<string, string>,
 *   forgotten: string[] }} World `forgotten`: payments that WeChat has denied
 * @typedef {{ outTradeNo: string, orderNo: string, requestPayment: Record<string, string> }} Sheet
 */
export class BuyerActor {
  #world;
  #openid = '';
  /** The shop's id of this person, once they have logged in. */
  id = '';
  /** Coupons in their hands, used or not. */
  coupons = /** @type {string[]} */ ([]);
  #token = '';
  /** @type {Promise<void> | null} */
  #login = null;

  /** @param {World} world */
  constructor(world) {
    this.#world = world;
  }

  /**
   * @param {{ productId: string, quantity: number }[]} items
   * @param {string} key
   * @param {string | null} [couponId]
   */
  async createOrder(items, key, couponId = null) {
    const reply = await this.request('POST', 'orders', { body: { items, ...(couponId && { couponId }) }, key });
    if (reply.status === 201) this.#world.told.recordOrder(reply.body);
    return reply;
  }

  /**
   * @param {string} orderNo
   * @param {'JSAPI' | 'NATIVE'} [tradeType]
   * @returns {Promise<Sheet | null>} null when it cannot be paid (any more)
   */
  async startPayment(orderNo, tradeType = 'JSAPI') {
    const { status, body } = await this.request('POST', `orders/${orderNo}/pay`, { body: { tradeType } });
    if (status !== 200) return null;
    this.#world.told.recordPayment(body);
    return body;
  }

  /**
   * Once, and whatever becomes of it: the answer is not heard.
   * @param {string} orderNo
   * @param {'JSAPI' | 'NATIVE'} tradeType
   */
  async tryStartPayment(orderNo, tradeType) {
    await this.#world.line.requestOnce('POST', `/api/orders/${orderNo}/pay`, {
      token: this.#token,
      body: { tradeType },
    });
  }

  /**
   * Enters the password, or does whatever else the wish says.
   * @param {Sheet | null} sheet
   * @param {object} [wish]
   * @returns {Promise<boolean>} whether the phone says that it is paid
   */
  async confirmPayment(sheet, wish = {}) {
    if (!sheet) return false;
    const { codeUrl } = sheet.requestPayment;
    const how = codeUrl === undefined ? { requestPayment: sheet.requestPayment } : { codeUrl };
    const path = codeUrl === undefined ? 'cashier/pay' : 'cashier/scan';
    const { errMsg } = await this.#world.wechat.control('POST', path, { openid: this.#openid, ...how, ...wish });
    return errMsg === 'requestPayment:ok';
  }

  /** @param {Sheet} sheet */
  async openPasswordPrompt(sheet) {
    const body = { openid: this.#openid, requestPayment: sheet.requestPayment, userPaying: true };
    await this.#world.wechat.control('POST', 'cashier/open', body);
  }

  /**
   * @param {string} orderNo
   * @param {'sync' | 'cancel' | null} [what] null: only looks
   */
  async callOrder(orderNo, what = null) {
    const method = what === null ? 'GET' : 'POST';
    const reply = await this.request(method, `orders/${orderNo}${what === null ? '' : `/${what}`}`);
    if (reply.status === 200) this.#world.told.recordOrder(reply.body);
    return reply;
  }

  /**
   * @param {string} orderNo
   * @param {{ amountFen?: number, reason: string, reasonCode?: string }} wish
   * @param {string} key
   */
  async requestRefund(orderNo, wish, key) {
    const reply = await this.request('POST', `orders/${orderNo}/refunds`, { body: wish, key });
    if (reply.status === 201) this.#world.told.recordRefund(reply.body);
    return reply;
  }

  /**
   * @param {string} refundNo
   * @param {'cancel' | null} [what]
   */
  async callRefund(refundNo, what = null) {
    const reply = await this.request(what ? 'POST' : 'GET', `refunds/${refundNo}${what ? `/${what}` : ''}`);
    if (reply.status === 200) this.#world.told.recordRefund(reply.body);
    return reply;
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path below /api/
   * @param {import('./shop-client.js').Call} [call]
   */
  async request(method, path, call = {}) {
    for (let logins = 0; ; logins++) {
      if (this.#token === '') await this.#logsIn();
      const token = this.#token;
      const reply = await this.#world.line.request(method, `/api/${path}`, { ...call, token });
      if (reply.status !== 401 || logins === 3) return reply;
      if (this.#token === token) this.#token = '';
    }
  }

  /** One login at a time; a code works once, so each try has its own. */
  #logsIn() {
    this.#login ??= this.#triesToLogIn().finally(() => (this.#login = null));
    return this.#login;
  }

  async #triesToLogIn() {
    const { wechat, line, secrets } = this.#world;
    for (let attempt = 0; attempt < 30; attempt++) {
      const { code, openid } = await wechat.control(
        'POST',
        'codes',
        this.#openid === '' ? {} : { openid: this.#openid },
      );
      this.#openid = openid;
      const reply = await line.request('POST', '/api/auth/login', { body: { code } }).catch((error) => {
        if (error instanceof GaveUpError) return null;
        throw error;
      });
      if (reply?.status !== 200) continue; // the code was used up by a call whose answer was lost
      this.#token = reply.body.token;
      this.id = reply.body.user.id;
      secrets[`token ${Object.keys(secrets).length}`] = this.#token;
      return;
    }
    throw new GaveUpError('login');
  }
}
