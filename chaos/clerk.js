/** Somebody of the shop's staff, who decides about refunds. */
export class Clerk {
  #world;
  #token = '';
  #credentials;

  /**
   * @param {import('./customer.js').World} world
   * @param {{ username: string, password: string }} credentials
   */
  constructor(world, credentials) {
    this.#world = world;
    this.#credentials = credentials;
  }

  /**
   * @param {string} refundNo
   * @param {{ amountFen?: number, returnStock?: boolean, note?: string }} [approval]
   */
  approves(refundNo, approval = {}) {
    return this.#onRefund(`refunds/${refundNo}/approve`, approval);
  }

  /** @param {string} refundNo */
  rejects(refundNo) {
    return this.#onRefund(`refunds/${refundNo}/reject`, { reason: '已签收超过七天' });
  }

  /** @param {string} refundNo */
  retries(refundNo) {
    return this.#onRefund(`refunds/${refundNo}/retry`, {});
  }

  /**
   * @param {string[]} refundNos
   * @param {'approve' | 'reject'} action
   */
  decidesMany(refundNos, action) {
    return this.asks('POST', 'refunds/batch', { body: { action, refundNos, reason: '批量处理' } });
  }

  /**
   * @param {string} orderNo
   * @param {number} amountFen
   * @param {string} key
   */
  gives(orderNo, amountFen, key) {
    return this.#onRefund(`orders/${orderNo}/refunds`, { amountFen, reason: '商家补偿' }, key);
  }

  /**
   * @param {'GET' | 'POST' | 'PATCH'} method
   * @param {string} path below /admin/api/
   * @param {import('./line.js').Call} [call]
   */
  async asks(method, path, call = {}) {
    for (let logins = 0; ; logins++) {
      if (this.#token === '') await this.#logsIn();
      const token = this.#token;
      const reply = await this.#world.line.ask(method, `/admin/api/${path}`, { ...call, token });
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
    const reply = await this.asks('POST', path, { body, ...(key && { key }) });
    if (reply.status === 200 || reply.status === 201) this.#world.told.refund(reply.body);
    return reply;
  }

  async #logsIn() {
    const { line, secrets } = this.#world;
    const { status, body } = await line.ask('POST', '/admin/api/auth/login', { body: this.#credentials });
    if (status !== 200) throw new Error(`${this.#credentials.username} cannot log in: ${status} ${body?.code}`);
    this.#token = body.token;
    secrets[`staff token ${Object.keys(secrets).length}`] = body.token;
  }
}
