/** A staff member who decides about refunds by the admin API. */
export class StaffActor {
  #clients;
  #token = '';
  /** @type {Promise<void> | null} */
  #login = null;
  #credentials;

  /**
   * @param {import('./buyer-actor.js').ScenarioServices} clients
   * @param {{ username: string, password: string }} credentials
   */
  constructor(clients, credentials) {
    this.#clients = clients;
    this.#credentials = credentials;
  }

  /**
   * @param {string} refundNo
   * @param {{ amountFen?: number, returnStock?: boolean, returnItems?: { productId: string, quantity: number }[], note?: string }} [approval]
   */
  approveRefund(refundNo, approval = {}) {
    return this.#onRefund(`refunds/${refundNo}/approve`, approval);
  }

  /** @param {string} refundNo */
  rejectRefund(refundNo) {
    return this.#onRefund(`refunds/${refundNo}/reject`, { reason: '已签收超过七天' });
  }

  /** @param {string} refundNo */
  retryRefund(refundNo) {
    return this.#onRefund(`refunds/${refundNo}/retry`, {});
  }

  /**
   * @param {string[]} refundNos
   * @param {'approve' | 'reject'} action
   */
  decideBatch(refundNos, action) {
    return this.request('POST', 'refunds/batch', { body: { action, refundNos, reason: '批量处理' } });
  }

  /**
   * @param {string} orderNo
   * @param {number} amountFen
   * @param {string} key
   */
  createMerchantRefund(orderNo, amountFen, key) {
    return this.#onRefund(`orders/${orderNo}/refunds`, { amountFen, reason: '商家补偿' }, key);
  }

  /**
   * @param {string} kind
   * @param {string} userId
   * @param {string} key
   * @returns {Promise<string>} the id of the granted coupon
   */
  async grantCoupon(kind, userId, key) {
    const { status, body } = await this.request('POST', `coupons/${kind}/grant`, { body: { userId }, key });
    if (status !== 201) throw new Error(`A coupon was rejected: ${status} ${body?.code}`);
    this.#clients.answerRecord.coupons.add(body.id);
    return body.id;
  }

  /**
   * @param {'GET' | 'POST' | 'PATCH'} method
   * @param {string} path below /admin/api/
   * @param {import('./shop-client.js').Call} [call]
   */
  async request(method, path, call = {}) {
    for (let logins = 0; ; logins++) {
      // One shared login, because concurrent logins of one account are rejected.
      if (this.#token === '') await (this.#login ??= this.#logIn().finally(() => (this.#login = null)));
      const token = this.#token;
      const reply = await this.#clients.shopClient.request(method, `/admin/api/${path}`, { ...call, token });
      if (reply.status !== 401 || logins === 3) return reply;
      if (this.#token === token) this.#token = '';
    }
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {string} [key]
   */
  async #onRefund(path, body, key) {
    const reply = await this.request('POST', path, { body, ...(key && { key }) });
    if (reply.status === 200 || reply.status === 201) this.#clients.answerRecord.recordRefund(reply.body);
    return reply;
  }

  async #logIn() {
    const { shopClient, secrets } = this.#clients;
    const { status, body } = await shopClient.request('POST', '/admin/api/auth/login', { body: this.#credentials });
    if (status !== 200) throw new Error(`${this.#credentials.username} cannot log in: ${status} ${body?.code}`);
    this.#token = body.token;
    secrets[`staff token ${Object.keys(secrets).length}`] = body.token;
  }
}
