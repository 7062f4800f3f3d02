import { MerchantServer } from './merchant-server.js';
import { MOBILE_APPID, MOBILE_SECRET, packageOf, PARTNER, sha1Of, V1Fields } from './v1-signing.js';
import { OPENID } from './signing.js';

type Json = Record<string, unknown>;

const TIMESTAMP = 1795234800;

/** A minimal server of a v1 app. */
export class V1AppServer {
  private orders = 0;
  private token: string | undefined;

  constructor(readonly shop: MerchantServer) {}

  async accessToken(): Promise<string> {
    if (this.token !== undefined) return this.token;
    const query = `grant_type=client_credential&appid=${MOBILE_APPID}&secret=${MOBILE_SECRET}`;
    const response = await fetch(`${this.shop.wechat.url}/cgi-bin/token?${query}`);
    this.token = ((await response.json()) as { access_token: string }).access_token;
    return this.token;
  }

  /** Needed after a reset of the simulator. */
  clearToken(): void {
    this.token = undefined;
  }

  /** The parameters of a package with a new number. */
  buildOrder(changes: V1Fields = {}): V1Fields {
    this.orders += 1;
    return {
      bank_type: 'WX',
      body: '演示商品',
      fee_type: '1',
      input_charset: 'UTF-8',
      notify_url: this.shop.notifyUrl,
      out_trade_no: `V1SHOP${String(this.orders).padStart(6, '0')}`,
      partner: PARTNER,
      spbill_create_ip: '203.0.113.7',
      total_fee: '1288',
      ...changes,
    };
  }

  /** Signs a call and sends it. Given values replace the valid ones and are sent unchanged. */
  async call(path: string, message: Json, token?: string): Promise<Json> {
    const address = `${this.shop.wechat.url}/pay/${path}?access_token=${token ?? (await this.accessToken())}`;
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(signed(message)) });
    return (await response.json()) as Json;
  }

  /** @param changes to the package; @param around changes to the call */
  prepay(changes: V1Fields = {}, around: Json = {}, token?: string): Promise<Json> {
    const pack = packageOf({ ...this.buildOrder(), ...changes });
    const message = { traceid: 'user-42', noncestr: 'e10adc3949ba59abbe56e057f20f883e', package: pack, ...around };
    return this.call('genprepay', message, token);
  }

  async placeOrder(changes: V1Fields = {}): Promise<{ outTradeNo: string; prepayId: string }> {
    const order = this.buildOrder(changes);
    const answer = await this.prepay(order);
    if (answer['errcode'] !== 0) throw new Error(`not placed: ${JSON.stringify(answer)}`);
    return { outTradeNo: order['out_trade_no'] ?? '', prepayId: String(answer['prepayid']) };
  }

  query(outTradeNo: string, around: Json = {}): Promise<Json> {
    const pack = packageOf({ out_trade_no: outTradeNo, partner: PARTNER });
    return this.call('orderquery', { package: pack, ...around });
  }

  /** What the app passes to the SDK. */
  buildPayRequest(prepayId: string, changes: V1Fields = {}): V1Fields {
    const { sign, ...given } = {
      appid: MOBILE_APPID,
      partnerid: PARTNER,
      prepayid: prepayId,
      package: 'Sign=WXPay',
      noncestr: 'Tf8jL3rY6uH1wA5eN0bX',
      timestamp: '1795234801',
      ...changes,
    } as V1Fields;
    return { ...given, sign: sign ?? sha1Of(given) };
  }

  async pay(prepayId: string, input: Json = {}): Promise<Json> {
    const payRequest = this.buildPayRequest(prepayId);
    return (await this.shop.control('POST', '/cashier/app', { openid: OPENID, payRequest, ...input })).body;
  }

  /** Places and pays an order without a notice. */
  async createPaidOrder(
    changes: V1Fields = {},
    input: Json = {},
  ): Promise<{ outTradeNo: string; transactionId: string }> {
    const { outTradeNo, prepayId } = await this.placeOrder(changes);
    const paid = await this.pay(prepayId, { notify: 'lost', ...input });
    return { outTradeNo, transactionId: String(paid['transaction_id']) };
  }
}

function signed(message: Json): Json {
  const whole: Json = { appid: MOBILE_APPID, timestamp: TIMESTAMP, sign_method: 'sha1', ...message };
  const { sign_method, app_signature, ...values } = whole;
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const texts = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  return { ...values, sign_method, app_signature: app_signature ?? sha1Of(texts) };
}
