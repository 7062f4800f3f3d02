import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import {
  RunningSimulator,
  SimulatorOptions,
  startSimulator,
} from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import { CertificateWithKey } from '../../../packages/wechat-pay-simulator/src/certificates/simulator-certificates.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import { MOBILE_MERCHANT } from './v1-signing.js';
import { APPID, fromXml, KEY, MCH_ID, Message, OPENID, SECRET, signOf, toXml } from './signing.js';

export const GOOD_REPLY =
  '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

export interface ReceivedNotice {
  method: string;
  /** Path and query as received. */
  url: string;
  body: string;
  port: number;
}

type Json = Record<string, unknown>;

/** A minimal merchant's server: signs and sends calls, and stores every notice that it receives. */
export class MerchantServer {
  readonly notices: ReceivedNotice[] = [];
  /** Responses the next notices; the default is an accepted response. */
  answerNotice: (response: ServerResponse) => void = (response) => response.end(GOOD_REPLY);
  private orders = 0;
  private refundsMade = 0;
  private readonly agents = new Map<CertificateWithKey | undefined, Agent>();

  private constructor(
    readonly wechat: RunningSimulator,
    private readonly server: Server,
  ) {}

  static async start(options: SimulatorOptions = {}): Promise<MerchantServer> {
    const merchant = { appid: APPID, secret: SECRET, mch_id: MCH_ID, key: KEY, ...MOBILE_MERCHANT };
    const wechat = await startSimulator({
      port: 0,
      quiet: true,
      certificates: await testCertificates(),
      merchant,
      ...options,
    });
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', socket } = request;
        shop.notices.push({ method, url, body: Buffer.concat(chunks).toString(), port: socket.remotePort ?? 0 });
        shop.answerNotice(response);
      });
    });
    const shop = new MerchantServer(wechat, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return shop;
  }

  async close(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.destroy()));
    await this.wechat.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get notifyUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notify`;
  }

  /** The parameters of a valid order with a new number. */
  buildOrder(changes: Message = {}): Message {
    this.orders += 1;
    return {
      body: '演示商城-文具',
      out_trade_no: `SHOP${String(this.orders).padStart(8, '0')}`,
      total_fee: '1288',
      spbill_create_ip: '203.0.113.7',
      notify_url: this.notifyUrl,
      trade_type: 'JSAPI',
      openid: OPENID,
      ...changes,
    };
  }

  /** Signs a message and sends it. A given `sign` is sent unchanged. */
  async call(path: string, message: Message): Promise<Message> {
    return fromXml(await this.callRaw(path, this.signed(message)));
  }

  async callRaw(path: string, message: Message): Promise<string> {
    const response = await fetch(`${this.wechat.url}/pay/${path}`, { method: 'POST', body: toXml(message) });
    return response.text();
  }

  signed(message: Message): Message {
    const whole = { appid: APPID, mch_id: MCH_ID, nonce_str: `n${Math.random().toString(36).slice(2)}`, ...message };
    return { ...whole, sign: message['sign'] ?? signOf(whole) };
  }

  /** Places an order and returns its number and prepay_id. */
  async placeOrder(changes: Message = {}): Promise<{ outTradeNo: string; prepayId: string; answer: Message }> {
    const order = this.buildOrder(changes);
    const answer = await this.call('unifiedorder', order);
    if (answer['result_code'] !== 'SUCCESS') throw new Error(`not placed: ${JSON.stringify(answer)}`);
    return { outTradeNo: order['out_trade_no'] ?? '', prepayId: answer['prepay_id'] ?? '', answer };
  }

  query(outTradeNo: string): Promise<Message> {
    return this.call('orderquery', { out_trade_no: outTradeNo });
  }

  closeOrder(outTradeNo: string): Promise<Message> {
    return this.call('closeorder', { out_trade_no: outTradeNo });
  }

  /** Places and pays an order; its notice is lost by default. */
  async createPaidOrder(
    changes: Message = {},
    input: Json = {},
  ): Promise<{ outTradeNo: string; transactionId: string }> {
    const { outTradeNo, prepayId } = await this.placeOrder(changes);
    const paid = await this.pay(prepayId, { notify: 'lost', ...input });
    return { outTradeNo, transactionId: String(paid['transaction_id']) };
  }

  /** The parameters of a full refund with a new number. */
  buildRefund(outTradeNo: string, changes: Message = {}): Message {
    this.refundsMade += 1;
    return {
      out_trade_no: outTradeNo,
      out_refund_no: `REFUND${String(this.refundsMade).padStart(8, '0')}`,
      total_fee: '1288',
      refund_fee: '1288',
      notify_url: this.notifyUrl,
      ...changes,
    };
  }

  async refund(message: Message): Promise<Message> {
    return fromXml((await this.refundRaw(message)).text);
  }

  /** Uses the merchant's certificate by default, another one if given, and none for null. */
  async refundRaw(
    message: Message,
    certificate: CertificateWithKey | null = this.wechat.certificates.merchant,
    url = this.wechat.refundUrl,
  ): Promise<{ status: number; text: string; type: string }> {
    return this.post(`${url}/secapi/pay/refund`, message, certificate);
  }

  /** Sends another call over TLS with a certificate; null: with none. */
  callWithCertificate(
    path: string,
    message: Message,
    certificate: CertificateWithKey | null,
  ): Promise<{ status: number; text: string; type: string }> {
    return this.post(`${this.wechat.refundUrl}${path}`, message, certificate);
  }

  /** Sends a call that needs no certificate over TLS. */
  async callOverTls(path: string, message: Message): Promise<Message> {
    return fromXml((await this.post(`${this.wechat.refundUrl}/pay/${path}`, message, null)).text);
  }

  private async post(
    url: string,
    message: Message,
    certificate: CertificateWithKey | null,
  ): Promise<{ status: number; text: string; type: string }> {
    const response = await request(url, {
      method: 'POST',
      body: toXml(this.signed(message)),
      dispatcher: this.agentWith(certificate ?? undefined),
    });
    const type = String(response.headers['content-type']);
    return { status: response.statusCode, text: await response.body.text(), type };
  }

  private agentWith(certificate: CertificateWithKey | undefined): Agent {
    const { ca } = this.wechat.certificates;
    const files = certificate === undefined ? {} : { cert: certificate.cert, key: certificate.key };
    const agent = this.agents.get(certificate) ?? new Agent({ connect: { ca, ...files } });
    this.agents.set(certificate, agent);
    return agent;
  }

  /** What the shop returns to the mini-program for `wx.requestPayment`. */
  requestPaymentFor(prepayId: string, signType = 'MD5'): Message {
    const timeStamp = String(Math.floor(this.wechat.clock.now().getTime() / 1000));
    const given = { timeStamp, nonceStr: 'Wd5kS0pQ7nB2xG9mC4vZ', package: `prepay_id=${prepayId}`, signType };
    return { ...given, paySign: signOf({ appId: APPID, ...given }, signType) };
  }

  /** Pays as the payer on the phone. */
  async pay(prepayId: string, input: Json = {}): Promise<Json> {
    const requestPayment = this.requestPaymentFor(prepayId);
    return (await this.control('POST', '/cashier/pay', { openid: OPENID, requestPayment, ...input })).body;
  }

  async control(method: string, path: string, body?: Json): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${this.wechat.url}/_control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  }

  /** The items of a list in the control API. */
  async listItems(path: string): Promise<Json[]> {
    return (await this.control('GET', path)).body['items'] as Json[];
  }

  async setBehaviours(changes: Json): Promise<void> {
    await this.control('PUT', '/behaviours', changes);
  }

  async addFault(fault: Json): Promise<void> {
    const { status, body } = await this.control('POST', '/faults', fault);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }

  async advanceClock(seconds: number): Promise<void> {
    await this.control('PUT', '/clock', { advanceSeconds: seconds });
  }
}
