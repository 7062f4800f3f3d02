import { createHash } from 'node:crypto';
import { PASSWORD } from '../contract/support/clerk.js';
import type { OrderJson, PayJson, RefundJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { call, type Reply } from '../support/http.js';
import { LIVE_SHOP } from '../support/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { freeUrl, IMPATIENT, openShop, type Shop } from '../support/shop.js';
import { MERCHANT } from '../vectors/v2/vectors.js';
import { SECRET as APP_SECRET } from '../simulator/support/signing.js';
import { MOBILE_APPID, MOBILE_SECRET, PARTNER_KEY, PAY_SIGN_KEY } from '../simulator/support/v1-signing.js';

/** The app, as the simulator knows it. */
const V1 = {
  ...{ WECHAT_APP_PROTOCOL: 'v1', WECHAT_MOBILE_APP_ID: MOBILE_APPID, WECHAT_MOBILE_APP_SECRET: MOBILE_SECRET },
  ...{ WECHAT_V1_PARTNER_KEY: PARTNER_KEY, WECHAT_V1_PAY_SIGN_KEY: PAY_SIGN_KEY, WECHAT_V1_CHARSET: 'GBK' },
};
const ALICE = 'oSecrets00000000000000000001';
const PHONE = '13912345678';
const COOKIE = 'cookie-secret-7341';
const PAYMENT_FORGERIES = ['no-sign', 'wrong-sign', 'empty-sign', 'tampered-fee', 'other-appid', 'duplicate-element'];
const REFUND_FORGERIES = ['other-key', 'plain-req-info', 'garbage-req-info', 'req-info-doctype', 'lower-fee'];

/** Whoever was answered, with what, and what in it was meant for them. */
export interface Answer {
  id: string;
  text: string;
}

interface Ask {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
  /** Names of fields of the answer that are the asker's own, such as the token that a login gives. */
  own?: string[];
}

/**
 * A live shop, from its first login to its end, with everything that goes well and everything that goes wrong, at
 * LOG_LEVEL=debug: what it said, what it answered, and what in all that must stay secret.
 */
export class ShopDay {
  readonly answers: Answer[] = [];
  readonly secrets: Record<string, string> = {};
  log = '';
  private readonly tokens = { alice: '', boss: '' };

  private constructor(
    private readonly shop: Shop,
    private readonly service: ServiceProcess,
  ) {}

  static async lives(): Promise<ShopDay> {
    const shop = await openShop({ environment: { ...LIVE_SHOP, ...IMPATIENT } });
    const url = await freeUrl();
    const service = await ServiceProcess.starts({
      ...shop.environment,
      ...{ NODE_ENV: 'production', LOG_LEVEL: 'debug', PORT: new URL(url).port, PUBLIC_BASE_URL: url },
      ...{ WECHAT_APP_ID: MERCHANT.appid, WECHAT_APP_SECRET: APP_SECRET },
      ...{ WECHAT_MCH_ID: MERCHANT.mchId, WECHAT_API_KEY: MERCHANT.key },
      ...V1,
      ...{ RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '1', REFUND_QUERY_BACKOFF_SECONDS: '1' },
    });
    const day = new ShopDay(shop, service);
    try {
      await day.goes();
    } finally {
      await service.stops();
      await shop.closes();
    }
    day.log = service.said;
    return day;
  }

  private async goes(): Promise<void> {
    this.knowsItsOwnSecrets();
    await this.logsIn();
    await this.givesPhone();
    const order = await this.sells();
    await this.sellsInTheApp();
    await this.givesBack(order);
    await this.letsProgramsIn(order);
    await this.isLiedTo(order);
    await this.isUsedWrongly(order);
    await this.losesWechat();
    await this.sees('bye', 'api/auth/logout', { method: 'POST', token: this.tokens.alice });
    await this.sees('bye-boss', 'admin/api/auth/logout', { method: 'POST', token: this.tokens.boss });
  }

  private knowsItsOwnSecrets(): void {
    const pem = (name: string): string => Buffer.from(this.shop.environment[name] ?? '', 'base64').toString();
    Object.assign(this.secrets, {
      'the API key': MERCHANT.key,
      'the AppSecret': APP_SECRET,
      'the key that opens req_info': createHash('md5').update(MERCHANT.key).digest('hex'),
      'the merchant’s private key': pem('WECHAT_MCH_KEY_BASE64'),
      'the merchant’s certificate': pem('WECHAT_MCH_CERT_BASE64'),
      'the app’s AppSecret': V1.WECHAT_MOBILE_APP_SECRET,
      'the PartnerKey': V1.WECHAT_V1_PARTNER_KEY,
      'the PaySignKey': V1.WECHAT_V1_PAY_SIGN_KEY,
      'a password': PASSWORD,
      'a cookie': COOKIE,
    });
  }

  private async logsIn(): Promise<void> {
    const { code } = await this.shop.wechat.newCode(ALICE);
    this.secrets['a login code'] = code;
    const login = { method: 'POST', body: { code }, own: ['token'] } satisfies Ask;
    const alice = await this.sees<{ token: string }>('login', 'api/auth/login', login);
    await this.sees('login-again', 'api/auth/login', login); // the code is used up
    const boss = await this.sees<{ token: string }>('boss', 'admin/api/auth/login', {
      ...{ method: 'POST', body: { username: 'boss', password: PASSWORD }, own: ['token'] },
    });
    this.tokens.alice = alice.body.token;
    this.tokens.boss = boss.body.token;
    for (const [name, token] of Object.entries(this.tokens)) {
      this.secrets[`${name}’s token`] = token;
      this.secrets[`the hash of ${name}’s token`] = createHash('sha256').update(token).digest('hex');
    }
    await this.rememberSessionKeys();
  }

  /** What WeChat told the shop, and the shop must tell nobody. */
  private async rememberSessionKeys(): Promise<void> {
    const { body } = await this.shop.wechat.control('GET', 'messages?path=/sns/jscode2session');
    const { items } = body as { items: { answer: { body: string } | null }[] };
    const keys = items.flatMap(({ answer }) => /"session_key":"([^"]+)"/.exec(answer?.body ?? '')?.[1] ?? []);
    if (keys.length === 0) throw new Error('WeChat has given no session_key, so nothing would be looked for.');
    keys.forEach((key, n) => (this.secrets[`session_key ${n + 1}`] = key));
  }

  /** With tokens that are refused, and a token that is not given at first. */
  private async givesPhone(): Promise<void> {
    const { wechat } = this.shop;
    const give = async (id: string): Promise<void> => {
      const code = await wechat.newPhoneCode({ number: PHONE });
      this.secrets[`a phone code, ${id}`] = code;
      await this.sees(id, 'api/auth/phone', { method: 'POST', token: this.tokens.alice, body: { code } });
    };
    for (const kind of ['reset', 'garbage', 'truncated', 'timeout']) {
      await wechat.fails({ endpoint: 'stable_token', kind, when: 'after' });
      await give(`no-token-${kind}`);
      await wechat.fails({ endpoint: 'getuserphonenumber', kind, when: 'after' });
      await give(`no-phone-${kind}`);
    }
    await wechat.fails({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    await give('token-refused');
    await wechat.recovers();
    await give('phone');
    await this.sees('me', 'api/auth/me', { token: this.tokens.alice });
    this.secrets['a phone number'] = PHONE;
    const { body } = await wechat.control('GET', 'messages?path=/cgi-bin/stable_token');
    const tokens = [...JSON.stringify(body).matchAll(/access_token[^\w]+([\w-]{100,})/g)].map(
      ([, token = '']) => token,
    );
    if (tokens.length === 0) throw new Error('WeChat has given no access token, so nothing would be looked for.');
    tokens.forEach((token, n) => (this.secrets[`access token ${n + 1}`] = token));
  }

  private async sells(): Promise<OrderJson> {
    const tea = await this.shop.sells();
    const token = this.tokens.alice;
    const body = { items: [{ productId: tea, quantity: 1 }] };
    const order = await this.sees<OrderJson>('order', 'api/orders', { method: 'POST', token, body });
    const path = `api/orders/${order.body.orderNo}`;
    await this.shop.wechat.fails({ endpoint: 'unifiedorder', kind: 'wrong_signature', when: 'after' });
    await this.sees('pay-in-vain', `${path}/pay`, { method: 'POST', token, own: ['paySign'] });
    const pay = await this.sees<PayJson>('pay', `${path}/pay`, { method: 'POST', token, own: ['paySign'] });
    const { requestPayment, outTradeNo } = pay.body;
    this.secrets['paySign'] = requestPayment['paySign'] ?? '';
    for (const forge of PAYMENT_FORGERIES) await this.shop.wechat.notifies(outTradeNo, { forge });
    await this.shop.wechat.control('POST', 'cashier/pay', { openid: ALICE, requestPayment });
    await eventually(async () => {
      const { body: seen } = await this.sees<OrderJson>('look', path, { token });
      if (seen.status !== 'PAID') throw new Error(`The order is ${seen.status}`);
    });
    return order.body;
  }

  /** By the protocol of 2014, with keys and a token of its own. */
  private async sellsInTheApp(): Promise<void> {
    const tea = await this.shop.sells();
    const token = this.tokens.alice;
    const body = { items: [{ productId: tea, quantity: 1 }] };
    const order = await this.sees<OrderJson>('app-order', 'api/orders', { method: 'POST', token, body });
    const path = `api/orders/${order.body.orderNo}`;
    const ask = { method: 'POST', token, body: { tradeType: 'APP' }, own: ['sign'] } satisfies Ask;
    for (const errCode of ['42001', '49004']) {
      await this.shop.wechat.fails({ endpoint: 'genprepay', kind: 'err_code', errCode });
      await this.sees('app-pay-in-vain', `${path}/pay`, ask);
    }
    const pay = await eventually(async () => {
      const reply = await this.sees<PayJson>('app-pay', `${path}/pay`, ask);
      if (reply.status !== 200) throw new Error(`The app cannot pay: ${reply.status}`); // a busy machine's time-out
      return reply;
    });
    for (const forge of ['no-sign', 'tampered-fee', 'wrong-app-sign', 'other-partner'])
      await this.shop.wechat.notifies(pay.body.outTradeNo, { forge });
    const { body: messages } = await this.shop.wechat.control('GET', 'messages?path=/cgi-bin/token');
    const [, appToken] = /access_token[^\w]+([\w-]{100,})/.exec(JSON.stringify(messages)) ?? [];
    if (appToken === undefined) throw new Error('WeChat has given the app no token, so nothing would be looked for.');
    this.secrets['access token of the app'] = appToken;
    await this.shop.wechat.control('POST', 'cashier/app', { openid: ALICE, payRequest: pay.body.requestPayment });
    await eventually(async () => {
      const { body: seen } = await this.sees<OrderJson>('app-look', path, { token });
      if (seen.status !== 'PAID') throw new Error(`The order is ${seen.status}`);
    });
  }

  private async givesBack(order: OrderJson): Promise<void> {
    const { alice, boss } = this.tokens;
    const wish = { method: 'POST', token: alice, body: { reason: '不想要了', amountFen: 500 } } as const;
    const refund = await this.sees<RefundJson>('wish', `api/orders/${order.orderNo}/refunds`, wish);
    await this.shop.wechat.fails({ endpoint: 'refund', kind: 'reset', when: 'after' });
    await this.shop.wechat.behaves({ refundEnds: 'PROCESSING' });
    const path = `refunds/${refund.body.refundNo}`;
    await this.sees('approval', `admin/api/${path}/approve`, { method: 'POST', token: boss, body: {} });
    await eventually(async () => {
      const { body } = await this.sees<RefundJson>('refund-look', `api/${path}`, { token: alice });
      if (body.status !== 'PROCESSING' || body.waitReason !== null) throw new Error('Not accepted yet');
    });
    for (const forge of REFUND_FORGERIES) await this.shop.wechat.control('POST', `${path}/notify`, { forge });
    await this.shop.wechat.control('POST', `${path}/state`, { state: 'SUCCESS' });
    await this.shop.wechat.control('POST', `${path}/notify`, {});
    await eventually(async () => {
      const { body } = await this.sees<RefundJson>('refund-end', `api/${path}`, { token: alice });
      if (body.status !== 'SUCCEEDED') throw new Error(`The refund is ${body.status}`);
    });
    await this.sees('desk', `admin/api/${path}`, { token: boss });
    await this.sees('time-line', `admin/api/orders/${order.orderNo}`, { token: boss });
    await this.sees('audit', 'admin/api/audit-log', { token: boss });
  }

  /** With a key where it belongs, and where it does not. */
  private async letsProgramsIn({ orderNo }: OrderJson): Promise<void> {
    const body = { name: 'ERP', scopes: ['orders:read', 'refunds:write'] };
    const made = await this.sees<{ id: string; key: string }>('key', 'admin/api/api-keys', {
      ...{ method: 'POST', token: this.tokens.boss, body, own: ['key'] },
    });
    const { id, key } = made.body;
    this.secrets['an API key'] = key;
    this.secrets['the secret of an API key'] = key.slice(-43);
    this.secrets['the hash of an API key'] = createHash('sha256').update(key).digest('hex');
    const headers = { 'idempotency-key': 'shop-day-1' };
    const refund = { method: 'POST', token: key, headers, body: { amountFen: 1, reason: 'x' } } as const;
    await this.sees('key-me', 'server/api/me', { token: key });
    await this.sees('key-refund', `server/api/orders/${orderNo}/refunds`, refund);
    await this.sees('key-in-address', `server/api/me?key=${key}`);
    await this.sees('key-in-path', `server/api/orders/${key}`, { token: key, own: ['detail'] }); // says what was not found
    await this.sees('key-cut-off', `server/api/me?key=${key.slice(0, -7)}`, { token: `${key}x` });
    await this.sees('key-as-staff', 'admin/api/orders', { token: key });
    await this.sees('key-as-name', 'admin/api/api-keys', {
      ...{ method: 'POST', token: this.tokens.boss, body: { ...body, name: `!${key}` } },
    });
    await this.sees('keys', 'admin/api/api-keys', { token: this.tokens.boss });
    await this.sees('key-end', `admin/api/api-keys/${id}/revoke`, { method: 'POST', token: this.tokens.boss });
    await this.sees('key-dead', 'server/api/me', { token: key });
    await this.sees('audit-keys', 'admin/api/audit-log', { token: this.tokens.boss });
  }

  /** Notices that nobody at WeChat wrote, with our own secrets in them. */
  private async isLiedTo({ orderNo }: OrderJson): Promise<void> {
    for (const way of ['payment', 'refund']) {
      for (const text of [`key=${MERCHANT.key}`, `<xml><out_trade_no>${orderNo}-1</out_trade_no></xml>`, '', '\0']) {
        await this.sees('forged', `wechat/notify/${way}`, { method: 'POST', body: text });
      }
    }
  }

  /** Every kind of refusal, with the secret where a careless service would repeat it. */
  private async isUsedWrongly({ orderNo }: OrderJson): Promise<void> {
    const { alice, boss } = this.tokens;
    const post = { method: 'POST' } as const;
    await this.sees('no-token', 'api/auth/me');
    await this.sees('dead-token', 'api/auth/me', { token: `${alice}x` });
    await this.sees('user-as-staff', 'admin/api/orders', { token: alice });
    await this.sees('staff-as-user', 'api/auth/me', { token: boss });
    await this.sees('basic', 'api/auth/me', { headers: { authorization: `Basic ${alice}` } });
    await this.sees('bad-password', 'admin/api/auth/login', { ...post, body: { username: 'boss', password: 'x' } });
    await this.sees('bad-field', 'admin/api/auth/login', { ...post, body: { username: 1, password: PASSWORD } });
    await this.sees('unknown-field', 'api/auth/login', { ...post, body: { code: 'x', session_key: PASSWORD } });
    await this.sees('bad-json', 'api/auth/login', {
      ...{ ...post, headers: { 'content-type': 'application/json' }, body: `{"code":"${PASSWORD}` },
    });
    await this.sees('new-password', 'admin/api/auth/password', { ...post, token: boss, body: { password: PASSWORD } });
    await this.sees('bad-order', 'api/orders', { ...post, token: alice, body: { items: [{ productId: 1 }] } });
    await this.sees('bad-key', 'api/orders', { ...post, token: alice, headers: { 'idempotency-key': 'k'.repeat(65) } });
    await this.sees('too-much', `api/orders/${orderNo}/refunds`, {
      ...{ ...post, token: alice, body: { reason: 'x', amountFen: 999_999 } },
    });
    await this.sees('nowhere', 'api/none');
  }

  private async losesWechat(): Promise<void> {
    const token = this.tokens.alice;
    for (const kind of ['reset', 'garbage', 'http500', 'truncated', 'timeout']) {
      await this.shop.wechat.fails({ endpoint: 'jscode2session', kind, when: 'after' });
      const { code } = await this.shop.wechat.newCode(ALICE);
      this.secrets[`a login code lost by ${kind}`] = code;
      await this.sees(`login-${kind}`, 'api/auth/login', { method: 'POST', body: { code } });
    }
    await this.rememberSessionKeys();
    const productId = await this.shop.sells();
    const body = { items: [{ productId, quantity: 1 }] };
    const { orderNo } = (await this.sees<OrderJson>('order-2', 'api/orders', { method: 'POST', token, body })).body;
    for (const kind of ['reset', 'garbage', 'doctype', 'no_signature', 'other_appid', 'html', 'return_fail']) {
      await this.shop.wechat.fails({ endpoint: 'unifiedorder', kind, when: 'after' });
      await this.sees(`pay-${kind}`, `api/orders/${orderNo}/pay`, { method: 'POST', token, own: ['paySign'] });
      await this.shop.wechat.fails({ endpoint: 'orderquery', kind, when: 'after' });
      await this.sees(`sync-${kind}`, `api/orders/${orderNo}/sync`, { method: 'POST', token });
    }
    await this.shop.wechat.recovers();
    await this.sees('cancel', `api/orders/${orderNo}/cancel`, { method: 'POST', token });
  }

  /** Asks, and keeps the answer without what belongs to the asker. */
  private async sees<T>(id: string, path: string, ask: Ask = {}): Promise<Reply<T>> {
    const { method = 'GET', token, own = [], headers = {}, ...more } = ask;
    const reply = await call<T>(`${this.service.url}/${path}`, {
      ...{ method, ...more },
      headers: { cookie: COOKIE, ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    });
    const body = JSON.stringify(reply.body, (name, value: unknown) => (own.includes(name) ? '(theirs)' : value));
    this.answers.push({ id, text: `${reply.status} ${JSON.stringify([...reply.headers])} ${body}` });
    return reply;
  }
}
