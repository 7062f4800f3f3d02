import { createHash } from 'node:crypto';
import { PASSWORD } from '../contract/support/test-staff.js';
import type { OrderJson, PayJson, RefundJson } from '../support/clients/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../tools/client/http.js';
import { LIVE_ENVIRONMENT } from '../support/fixtures/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { findFreeUrl, SHORT_TIMEOUT, openTestShop, type TestShop } from '../support/test-shop.js';
import { MERCHANT } from '../vectors/v2/vectors.js';
import { SECRET as APP_SECRET } from '../simulator/support/signing.js';
import { MOBILE_APPID, MOBILE_SECRET, PARTNER_KEY, PAY_SIGN_KEY } from '../simulator/support/v1-signing.js';

/** Settings of the app, as the simulator has them. */
const APP_V1_ENVIRONMENT = {
  WECHAT_APP_PROTOCOL: 'v1',
  WECHAT_MOBILE_APP_ID: MOBILE_APPID,
  WECHAT_MOBILE_APP_SECRET: MOBILE_SECRET,
  WECHAT_V1_PARTNER_KEY: PARTNER_KEY,
  WECHAT_V1_PAY_SIGN_KEY: PAY_SIGN_KEY,
  WECHAT_V1_CHARSET: 'GBK',
};
const ALICE = 'oSecrets00000000000000000001';
const PHONE_NUMBER = '13912345678';
const COOKIE = 'cookie-secret-7341';
const PAYMENT_FORGERIES = ['no-sign', 'wrong-sign', 'empty-sign', 'tampered-fee', 'other-appid', 'duplicate-element'];
const REFUND_FORGERIES = ['other-key', 'plain-req-info', 'garbage-req-info', 'req-info-doctype', 'lower-fee'];

/** A response of the service, without the fields that belong to the caller. */
export interface RecordedAnswer {
  id: string;
  text: string;
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
  /** Names of the response's fields that belong to the caller, such as the token of a login. */
  ownFields?: string[];
}

/**
 * Runs a live shop from its first login to its shutdown with LOG_LEVEL=debug, with successful and failing calls.
 * Collects its log, its responses and all values that must stay secret.
 */
export class FullShopScenario {
  readonly answers: RecordedAnswer[] = [];
  readonly secrets: Record<string, string> = {};
  log = '';
  private readonly tokens = { alice: '', boss: '' };

  private constructor(
    private readonly shop: TestShop,
    private readonly service: ServiceProcess,
  ) {}

  static async run(): Promise<FullShopScenario> {
    const shop = await openTestShop({ environment: { ...LIVE_ENVIRONMENT, ...SHORT_TIMEOUT } });
    const url = await findFreeUrl();
    const service = await ServiceProcess.start({
      ...shop.environment,
      NODE_ENV: 'production',
      LOG_LEVEL: 'debug',
      PORT: new URL(url).port,
      PUBLIC_BASE_URL: url,
      WECHAT_APP_ID: MERCHANT.appid,
      WECHAT_APP_SECRET: APP_SECRET,
      WECHAT_MCH_ID: MERCHANT.mchId,
      WECHAT_API_KEY: MERCHANT.key,
      ...APP_V1_ENVIRONMENT,
      RECONCILE_INTERVAL_SECONDS: '1',
      QUERY_BACKOFF_SECONDS: '1',
      REFUND_QUERY_BACKOFF_SECONDS: '1',
    });
    const day = new FullShopScenario(shop, service);
    try {
      await day.runSteps();
    } finally {
      await service.stop();
      await shop.close();
    }
    day.log = service.output;
    return day;
  }

  private async runSteps(): Promise<void> {
    this.recordConfiguredSecrets();
    await this.logIn();
    await this.bindPhoneNumber();
    const order = await this.sellOrder();
    await this.sellOrderByAppV1();
    await this.refundOrder(order);
    await this.useApiKeys(order);
    await this.sendForgedNotices(order);
    await this.sendInvalidRequests(order);
    await this.failWechatCalls();
    await this.request('logout', 'api/auth/logout', { method: 'POST', token: this.tokens.alice });
    await this.request('admin-logout', 'admin/api/auth/logout', { method: 'POST', token: this.tokens.boss });
  }

  private recordConfiguredSecrets(): void {
    const pem = (name: string): string => Buffer.from(this.shop.environment[name] ?? '', 'base64').toString();
    Object.assign(this.secrets, {
      'the API key': MERCHANT.key,
      'the AppSecret': APP_SECRET,
      'the key that decrypts req_info': createHash('md5').update(MERCHANT.key).digest('hex'),
      'the merchant’s private key': pem('WECHAT_MCH_KEY_BASE64'),
      'the merchant’s certificate': pem('WECHAT_MCH_CERT_BASE64'),
      'the app’s AppSecret': APP_V1_ENVIRONMENT.WECHAT_MOBILE_APP_SECRET,
      'the PartnerKey': APP_V1_ENVIRONMENT.WECHAT_V1_PARTNER_KEY,
      'the PaySignKey': APP_V1_ENVIRONMENT.WECHAT_V1_PAY_SIGN_KEY,
      'a password': PASSWORD,
      'a cookie': COOKIE,
    });
  }

  private async logIn(): Promise<void> {
    const { code } = await this.shop.wechat.createLoginCode(ALICE);
    this.secrets['a login code'] = code;
    const login = { method: 'POST', body: { code }, ownFields: ['token'] } satisfies RequestOptions;
    const alice = await this.request<{ token: string }>('login', 'api/auth/login', login);
    await this.request('login-again', 'api/auth/login', login); // the code is used up
    const boss = await this.request<{ token: string }>('boss', 'admin/api/auth/login', {
      method: 'POST',
      body: { username: 'boss', password: PASSWORD },
      ownFields: ['token'],
    });
    this.tokens.alice = alice.body.token;
    this.tokens.boss = boss.body.token;
    for (const [name, token] of Object.entries(this.tokens)) {
      this.secrets[`${name}’s token`] = token;
      this.secrets[`the hash of ${name}’s token`] = createHash('sha256').update(token).digest('hex');
    }
    await this.recordSessionKeys();
  }

  /** Records the session keys that WeChat sent to the service and that the service must never show. */
  private async recordSessionKeys(): Promise<void> {
    const { body } = await this.shop.wechat.control('GET', 'messages?path=/sns/jscode2session');
    const { items } = body as { items: { answer: { body: string } | null }[] };
    const keys = items.flatMap(({ answer }) => /"session_key":"([^"]+)"/.exec(answer?.body ?? '')?.[1] ?? []);
    if (keys.length === 0) throw new Error('WeChat has issued no session_key, so the search would be empty.');
    keys.forEach((key, n) => (this.secrets[`session_key ${n + 1}`] = key));
  }

  /** Binds a phone number, with access tokens that WeChat refuses and one that it does not issue at first. */
  private async bindPhoneNumber(): Promise<void> {
    const { wechat } = this.shop;
    const bind = async (id: string): Promise<void> => {
      const code = await wechat.createPhoneCode({ number: PHONE_NUMBER });
      this.secrets[`a phone code, ${id}`] = code;
      await this.request(id, 'api/auth/phone', { method: 'POST', token: this.tokens.alice, body: { code } });
    };
    for (const kind of ['reset', 'garbage', 'truncated', 'timeout']) {
      await wechat.failNext({ endpoint: 'stable_token', kind, when: 'after' });
      await bind(`no-token-${kind}`);
      await wechat.failNext({ endpoint: 'getuserphonenumber', kind, when: 'after' });
      await bind(`no-phone-${kind}`);
    }
    await wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    await bind('token-refused');
    await wechat.clearFaults();
    await bind('phone');
    await this.request('me', 'api/auth/me', { token: this.tokens.alice });
    this.secrets['a phone number'] = PHONE_NUMBER;
    const { body } = await wechat.control('GET', 'messages?path=/cgi-bin/stable_token');
    const tokens = [...JSON.stringify(body).matchAll(/access_token[^\w]+([\w-]{100,})/g)].map(
      ([, token = '']) => token,
    );
    if (tokens.length === 0) throw new Error('WeChat has issued no access token, so the search would be empty.');
    tokens.forEach((token, n) => (this.secrets[`access token ${n + 1}`] = token));
  }

  private async sellOrder(): Promise<OrderJson> {
    const tea = await this.shop.createProduct();
    const token = this.tokens.alice;
    const body = { items: [{ productId: tea, quantity: 1 }] };
    const order = await this.request<OrderJson>('order', 'api/orders', { method: 'POST', token, body });
    const path = `api/orders/${order.body.orderNo}`;
    await this.shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'wrong_signature', when: 'after' });
    await this.request('pay-rejected', `${path}/pay`, { method: 'POST', token, ownFields: ['paySign'] });
    const pay = await this.request<PayJson>('pay', `${path}/pay`, { method: 'POST', token, ownFields: ['paySign'] });
    const { requestPayment, outTradeNo } = pay.body;
    this.secrets['paySign'] = requestPayment['paySign'] ?? '';
    for (const forge of PAYMENT_FORGERIES) await this.shop.wechat.sendPaymentNotice(outTradeNo, { forge });
    await this.shop.wechat.control('POST', 'cashier/pay', { openid: ALICE, requestPayment });
    await eventually(async () => {
      const { body: seen } = await this.request<OrderJson>('look', path, { token });
      if (seen.status !== 'PAID') throw new Error(`The order is ${seen.status}`);
    });
    return order.body;
  }

  /** Sells an order by the 2014 protocol, which has its own keys and access token. */
  private async sellOrderByAppV1(): Promise<void> {
    const tea = await this.shop.createProduct();
    const token = this.tokens.alice;
    const body = { items: [{ productId: tea, quantity: 1 }] };
    const order = await this.request<OrderJson>('app-order', 'api/orders', { method: 'POST', token, body });
    const path = `api/orders/${order.body.orderNo}`;
    const options = { method: 'POST', token, body: { tradeType: 'APP' }, ownFields: ['sign'] } satisfies RequestOptions;
    for (const errCode of ['42001', '49004']) {
      await this.shop.wechat.failNext({ endpoint: 'genprepay', kind: 'err_code', errCode });
      await this.request('app-pay-rejected', `${path}/pay`, options);
    }
    const pay = await eventually(async () => {
      const reply = await this.request<PayJson>('app-pay', `${path}/pay`, options);
      if (reply.status !== 200) throw new Error(`The app cannot pay: ${reply.status}`); // a time-out on a busy machine
      return reply;
    });
    for (const forge of ['no-sign', 'tampered-fee', 'wrong-app-sign', 'other-partner'])
      await this.shop.wechat.sendPaymentNotice(pay.body.outTradeNo, { forge });
    const { body: messages } = await this.shop.wechat.control('GET', 'messages?path=/cgi-bin/token');
    const [, appToken] = /access_token[^\w]+([\w-]{100,})/.exec(JSON.stringify(messages)) ?? [];
    if (appToken === undefined)
      throw new Error('WeChat has issued no access token for the app, so the search would be empty.');
    this.secrets['access token of the app'] = appToken;
    await this.shop.wechat.control('POST', 'cashier/app', { openid: ALICE, payRequest: pay.body.requestPayment });
    await eventually(async () => {
      const { body: seen } = await this.request<OrderJson>('app-look', path, { token });
      if (seen.status !== 'PAID') throw new Error(`The order is ${seen.status}`);
    });
  }

  private async refundOrder(order: OrderJson): Promise<void> {
    const { alice, boss } = this.tokens;
    const refundRequest = { method: 'POST', token: alice, body: { reason: '不想要了', amountFen: 500 } } as const;
    const refund = await this.request<RefundJson>(
      'refund-request',
      `api/orders/${order.orderNo}/refunds`,
      refundRequest,
    );
    await this.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'after' });
    await this.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const path = `refunds/${refund.body.refundNo}`;
    await this.request('approval', `admin/api/${path}/approve`, { method: 'POST', token: boss, body: {} });
    await eventually(async () => {
      const { body } = await this.request<RefundJson>('refund-look', `api/${path}`, { token: alice });
      if (body.status !== 'PROCESSING' || body.waitReason !== null)
        throw new Error('WeChat has not accepted the refund yet.');
    });
    for (const forge of REFUND_FORGERIES) await this.shop.wechat.control('POST', `${path}/notify`, { forge });
    await this.shop.wechat.control('POST', `${path}/state`, { state: 'SUCCESS' });
    await this.shop.wechat.control('POST', `${path}/notify`, {});
    await eventually(async () => {
      const { body } = await this.request<RefundJson>('refund-end', `api/${path}`, { token: alice });
      if (body.status !== 'SUCCEEDED') throw new Error(`The refund is ${body.status}`);
    });
    await this.request('admin-refund', `admin/api/${path}`, { token: boss });
    await this.request('time-line', `admin/api/orders/${order.orderNo}`, { token: boss });
    await this.request('audit', 'admin/api/audit-log', { token: boss });
  }

  /** Sends an API key where it is valid and where it is not. */
  private async useApiKeys({ orderNo }: OrderJson): Promise<void> {
    const body = { name: 'ERP', scopes: ['orders:read', 'refunds:write'] };
    const created = await this.request<{ id: string; key: string }>('key', 'admin/api/api-keys', {
      method: 'POST',
      token: this.tokens.boss,
      body,
      ownFields: ['key'],
    });
    const { id, key } = created.body;
    this.secrets['an API key'] = key;
    this.secrets['the secret of an API key'] = key.slice(-43);
    this.secrets['the hash of an API key'] = createHash('sha256').update(key).digest('hex');
    const headers = { 'idempotency-key': 'shop-day-1' };
    const refund = { method: 'POST', token: key, headers, body: { amountFen: 1, reason: 'x' } } as const;
    await this.request('key-me', 'server/api/me', { token: key });
    await this.request('key-refund', `server/api/orders/${orderNo}/refunds`, refund);
    await this.request('key-in-address', `server/api/me?key=${key}`);
    // names what was not found
    await this.request('key-in-path', `server/api/orders/${key}`, { token: key, ownFields: ['detail'] });
    await this.request('key-cut-off', `server/api/me?key=${key.slice(0, -7)}`, { token: `${key}x` });
    await this.request('key-as-staff', 'admin/api/orders', { token: key });
    await this.request('key-as-name', 'admin/api/api-keys', {
      method: 'POST',
      token: this.tokens.boss,
      body: { ...body, name: `!${key}` },
    });
    await this.request('keys', 'admin/api/api-keys', { token: this.tokens.boss });
    await this.request('key-end', `admin/api/api-keys/${id}/revoke`, { method: 'POST', token: this.tokens.boss });
    await this.request('key-revoked', 'server/api/me', { token: key });
    await this.request('audit-keys', 'admin/api/audit-log', { token: this.tokens.boss });
  }

  /** Sends forged notices that contain our own secrets. */
  private async sendForgedNotices({ orderNo }: OrderJson): Promise<void> {
    for (const way of ['payment', 'refund']) {
      for (const text of [`key=${MERCHANT.key}`, `<xml><out_trade_no>${orderNo}-1</out_trade_no></xml>`, '', '\0']) {
        await this.request('forged', `wechat/notify/${way}`, { method: 'POST', body: text });
      }
    }
  }

  /** Causes every kind of error response, with a secret where a careless service would repeat it. */
  private async sendInvalidRequests({ orderNo }: OrderJson): Promise<void> {
    const { alice, boss } = this.tokens;
    const post = { method: 'POST' } as const;
    await this.request('no-token', 'api/auth/me');
    await this.request('invalid-token', 'api/auth/me', { token: `${alice}x` });
    await this.request('user-as-staff', 'admin/api/orders', { token: alice });
    await this.request('staff-as-user', 'api/auth/me', { token: boss });
    await this.request('basic', 'api/auth/me', { headers: { authorization: `Basic ${alice}` } });
    await this.request('bad-password', 'admin/api/auth/login', { ...post, body: { username: 'boss', password: 'x' } });
    await this.request('bad-field', 'admin/api/auth/login', { ...post, body: { username: 1, password: PASSWORD } });
    await this.request('unknown-field', 'api/auth/login', { ...post, body: { code: 'x', session_key: PASSWORD } });
    await this.request('bad-json', 'api/auth/login', {
      ...post,
      headers: { 'content-type': 'application/json' },
      body: `{"code":"${PASSWORD}`,
    });
    await this.request('new-password', 'admin/api/auth/password', {
      ...post,
      token: boss,
      body: { password: PASSWORD },
    });
    await this.request('bad-order', 'api/orders', { ...post, token: alice, body: { items: [{ productId: 1 }] } });
    await this.request('bad-key', 'api/orders', {
      ...post,
      token: alice,
      headers: { 'idempotency-key': 'k'.repeat(65) },
    });
    await this.request('excess-refund', `api/orders/${orderNo}/refunds`, {
      ...post,
      token: alice,
      body: { reason: 'x', amountFen: 999_999 },
    });
    await this.request('unknown-path', 'api/none');
  }

  private async failWechatCalls(): Promise<void> {
    const token = this.tokens.alice;
    for (const kind of ['reset', 'garbage', 'http500', 'truncated', 'timeout']) {
      await this.shop.wechat.failNext({ endpoint: 'jscode2session', kind, when: 'after' });
      const { code } = await this.shop.wechat.createLoginCode(ALICE);
      this.secrets[`a login code lost by ${kind}`] = code;
      await this.request(`login-${kind}`, 'api/auth/login', { method: 'POST', body: { code } });
    }
    await this.recordSessionKeys();
    const productId = await this.shop.createProduct();
    const body = { items: [{ productId, quantity: 1 }] };
    const { orderNo } = (await this.request<OrderJson>('order-2', 'api/orders', { method: 'POST', token, body })).body;
    for (const kind of ['reset', 'garbage', 'doctype', 'no_signature', 'other_appid', 'html', 'return_fail']) {
      await this.shop.wechat.failNext({ endpoint: 'unifiedorder', kind, when: 'after' });
      await this.request(`pay-${kind}`, `api/orders/${orderNo}/pay`, { method: 'POST', token, ownFields: ['paySign'] });
      await this.shop.wechat.failNext({ endpoint: 'orderquery', kind, when: 'after' });
      await this.request(`sync-${kind}`, `api/orders/${orderNo}/sync`, { method: 'POST', token });
    }
    await this.shop.wechat.clearFaults();
    await this.request('cancel', `api/orders/${orderNo}/cancel`, { method: 'POST', token });
  }

  /** Sends a request and records its response without the caller's own fields. */
  private async request<T>(id: string, path: string, options: RequestOptions = {}): Promise<HttpResponse<T>> {
    const { method = 'GET', token, ownFields: own = [], headers = {}, ...more } = options;
    const reply = await sendRequest<T>(`${this.service.url}/${path}`, {
      method,
      ...more,
      headers: { cookie: COOKIE, ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    });
    const body = JSON.stringify(reply.body, (name, value: unknown) => (own.includes(name) ? '(theirs)' : value));
    this.answers.push({ id, text: `${reply.status} ${JSON.stringify([...reply.headers])} ${body}` });
    return reply;
  }
}
