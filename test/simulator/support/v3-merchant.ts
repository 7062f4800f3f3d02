import {
  constants,
  createDecipheriv,
  createSign,
  createVerify,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { createServer, IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  RunningSimulator,
  SimulatorOptions,
  startSimulator,
} from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import { APPID, MCH_ID, OPENID } from './signing.js';

export type Json = Record<string, unknown>;

/** An answer with its raw text, which the signature covers. */
export interface V3Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: Json;
}

export interface ReceivedV3Notice {
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a request changes in its signature or headers, to test the refusals. */
export interface RequestChanges {
  headers?: Record<string, string>;
  authorization?: string;
  mchid?: string;
  serial?: string;
  timestamp?: number;
  privateKey?: string;
  /** Signed in place of the real parts. */
  signed?: Partial<Record<'method' | 'url' | 'body', string>>;
}

/** A request as it is sent. */
export interface WechatRequest {
  method: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** A minimal merchant of API v3, written from the documents and independent of the simulator's own code. */
export class V3Merchant {
  readonly notices: ReceivedV3Notice[] = [];
  /** How a call reaches WeChat; default: directly, over HTTP. */
  fetchFromWechat: (path: string, init: WechatRequest) => Promise<Pick<Response, 'status' | 'headers' | 'text'>> = (
    path,
    init,
  ) => fetch(`${this.wechat.url}${path}`, init);
  answerNotice: (response: ServerResponse) => void = (response) => response.writeHead(204).end();
  private numbers = 0;

  private constructor(
    readonly wechat: RunningSimulator,
    private readonly server: Server,
  ) {}

  /** @param sameAs a running simulator to use in place of an own one */
  static async start({
    sameAs,
    ...options
  }: SimulatorOptions & { sameAs?: RunningSimulator } = {}): Promise<V3Merchant> {
    const certificates = await testCertificates();
    const wechat = sameAs ?? (await startSimulator({ port: 0, quiet: true, certificates, ...options }));
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        merchant.notices.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        merchant.answerNotice(response);
      });
    });
    const merchant = new V3Merchant(wechat, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return merchant;
  }

  async close(): Promise<void> {
    await this.wechat.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get notifyUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notify`;
  }

  nextNumber(prefix: string): string {
    this.numbers += 1;
    return `${prefix}${String(this.numbers).padStart(8, '0')}`;
  }

  /** The body of a valid jsapi order with a new number. */
  buildOrder(changes: Json = {}): Json {
    return {
      appid: APPID,
      mchid: MCH_ID,
      description: '演示商城-文具',
      out_trade_no: this.nextNumber('V3ORDER'),
      notify_url: this.notifyUrl,
      amount: { total: 1288, currency: 'CNY' },
      payer: { openid: OPENID },
      ...changes,
    };
  }

  /** Places a jsapi order and returns its number and prepay_id. */
  async placeOrder(changes: Json = {}): Promise<{ outTradeNo: string; prepayId: string }> {
    const order = this.buildOrder(changes);
    const answer = await this.post('/v3/pay/transactions/jsapi', order);
    if (answer.status !== 200) throw new Error(`not placed: ${answer.text}`);
    return { outTradeNo: String(order['out_trade_no']), prepayId: String(answer.json['prepay_id']) };
  }

  /** Places and pays an order; its notice is lost by default. */
  async createPaidOrder(changes: Json = {}, input: Json = {}): Promise<{ outTradeNo: string; transactionId: string }> {
    const { outTradeNo } = await this.placeOrder(changes);
    const { body } = await this.control('POST', `/orders/${outTradeNo}/pay`, { notify: 'lost', ...input });
    return { outTradeNo, transactionId: String((body['transaction'] as Json)['transaction_id']) };
  }

  query(outTradeNo: string): Promise<V3Answer> {
    return this.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${MCH_ID}`);
  }

  closeOrder(outTradeNo: string): Promise<V3Answer> {
    return this.post(`/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid: MCH_ID });
  }

  /** Requests a refund of 500 fen of an order of 1288. */
  refund(transactionId: string, changes: Json = {}): Promise<V3Answer> {
    return this.post('/v3/refund/domestic/refunds', this.buildRefund(transactionId, changes));
  }

  buildRefund(transactionId: string, changes: Json = {}): Json {
    return {
      transaction_id: transactionId,
      out_refund_no: this.nextNumber('V3REFUND'),
      notify_url: this.notifyUrl,
      amount: { refund: 500, total: 1288, currency: 'CNY' },
      ...changes,
    };
  }

  get(url: string, changes: RequestChanges = {}): Promise<V3Answer> {
    return this.send('GET', url, '', changes);
  }

  post(url: string, body: Json, changes: RequestChanges = {}): Promise<V3Answer> {
    return this.send('POST', url, JSON.stringify(body), changes);
  }

  /** Sends a request as it is, signed unless `authorization` is given. */
  async send(
    method: string,
    url: string,
    body: WechatRequest['body'] & {},
    changes: RequestChanges = {},
  ): Promise<V3Answer> {
    const response = await this.fetchFromWechat(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'test',
        'wechatpay-serial': this.wechat.v3.publicKeyId,
        ...(body.length > 0 && { 'content-type': 'application/json' }),
        authorization: changes.authorization ?? this.authorization(method, url, body, changes),
        ...changes.headers,
      },
      ...(method !== 'GET' && { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), text, json: jsonOf(text) };
  }

  authorization(method: string, url: string, body: string | Buffer, changes: RequestChanges = {}): string {
    const { v3, clock } = this.wechat;
    const { timestamp = Math.floor(clock.now().getTime() / 1000), signed = {} } = changes;
    const nonce = randomBytes(16).toString('hex').toUpperCase();
    const head = `${signed.method ?? method}\n${signed.url ?? url}\n${timestamp}\n${nonce}\n`;
    const content = signed.body ?? body;
    const text = Buffer.concat([Buffer.from(head), Buffer.from(content as string), Buffer.from('\n')]);
    const signature = signRsa(text, changes.privateKey ?? v3.merchantPrivateKey);
    const serial = changes.serial ?? v3.merchantSerial;
    const values = { mchid: changes.mchid ?? v3.mchid, nonce_str: nonce, signature, timestamp, serial_no: serial };
    const attributes = Object.entries(values).map(([name, value]) => `${name}="${value}"`);
    return `WECHATPAY2-SHA256-RSA2048 ${attributes.join(',')}`;
  }

  /** True for an answer or a notice that WeChat's public key signed. */
  isSigned({ headers, text }: Pick<V3Answer, 'headers' | 'text'>, publicKey = this.wechat.v3.publicKey): boolean {
    const {
      'wechatpay-timestamp': time = '',
      'wechatpay-nonce': nonce = '',
      'wechatpay-signature': sign = '',
    } = headers;
    return verifyRsa(`${time}\n${nonce}\n${text}\n`, sign, publicKey);
  }

  /** What the shop gives to the mini-program for `wx.requestPayment`. */
  requestPaymentFor(prepayId: string, appid = APPID): Record<string, string> {
    const timeStamp = String(Math.floor(this.wechat.clock.now().getTime() / 1000));
    const given = { timeStamp, nonceStr: 'Wd5kS0pQ7nB2xG9mC4vZ', package: `prepay_id=${prepayId}`, signType: 'RSA' };
    const text = `${appid}\n${timeStamp}\n${given.nonceStr}\n${given.package}\n`;
    return { ...given, paySign: signRsa(text, this.wechat.v3.merchantPrivateKey) };
  }

  decrypt(resource: Json, key = this.wechat.v3.apiV3Key): Json {
    return JSON.parse(decryptAes(resource, key)) as Json;
  }

  /** The decrypted content of a notice. */
  contentOf(notice: ReceivedV3Notice): Json {
    return this.decrypt((JSON.parse(notice.body) as { resource: Json }).resource);
  }

  async control(method: string, path: string, body?: Json): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${this.wechat.url}/_control${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  }

  async setBehaviours(changes: Json): Promise<void> {
    const { status, body } = await this.control('PUT', '/behaviours', changes);
    if (status !== 200) throw new Error(JSON.stringify(body));
  }

  async addFault(fault: Json): Promise<void> {
    const { status, body } = await this.control('POST', '/faults', fault);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }

  async advanceClock(seconds: number): Promise<void> {
    await this.control('PUT', '/clock', { advanceSeconds: seconds });
  }
}

/** `{}` for an empty, damaged or foreign body. */
function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

export function signRsa(text: string | Buffer, privateKey: string): string {
  return createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
}

function verifyRsa(text: string, signature: string, publicKey: string): boolean {
  return createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64');
}

/** @throws for another key, nonce or associated_data */
export function decryptAes({ ciphertext, nonce, associated_data: aad }: Json, key: string): string {
  const bytes = Buffer.from(String(ciphertext), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(String(nonce)));
  decipher.setAAD(Buffer.from(String(aad)));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
}

export function encryptOaep(text: string, publicKey: string): string {
  const key = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return publicEncrypt(key, Buffer.from(text)).toString('base64');
}

export function decryptOaep(ciphertext: string, privateKey: string): string {
  const key = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return privateDecrypt(key, Buffer.from(ciphertext, 'base64')).toString('utf8');
}
