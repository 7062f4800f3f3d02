import { constants, createSign, privateDecrypt, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyRsa } from '../../../src/wechat/pay/v3/keys/rsa.js';
import { privateKeyOf, publicKeyOf, VECTORS } from '../../vectors/v3/vectors.js';

/** One received request. */
export interface V3StubRequest {
  method: string;
  path: string;
  body: string;
  headers: IncomingMessage['headers'];
}

/** What the server sends. `signature` alters the right one; null sends no signature headers at all. */
export interface V3StubAnswer {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  signature?: ((right: string) => string) | null;
  serial?: string;
  /** Seconds added to the time of the signature. */
  offsetSeconds?: number;
}

type V3Responder = (request: V3StubRequest, response: ServerResponse) => V3StubAnswer | 'no response';

/** Signs a message as WeChat does, with one of its two keys in the vectors. */
export function signAsWechat(body: string, now: Date, serial = VECTORS.publicKeyId): Record<string, string> {
  const { keys, oldCertificateSerial } = VECTORS;
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const key = privateKeyOf(serial === oldCertificateSerial ? keys.oldWechatPrivate : keys.wechatPrivate);
  const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`).sign(key, 'base64');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': signature,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** A WeChat server of API v3 that responds as the test sets it, records the requests, and verifies their signatures. */
export class StubV3Server {
  readonly requests: V3StubRequest[] = [];
  respond: V3Responder = () => {
    throw new Error('Set `respond` before the first request.');
  };
  /** Connections that were opened. */
  connections = 0;
  url = '';
  private readonly server: Server;

  constructor(private readonly now: () => Date) {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.on('connection', () => (this.connections += 1));
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      if (this.server.listening) this.server.close(() => resolve());
      else resolve();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, body, headers };
    this.requests.push(received);
    const answer = this.respond(received, response);
    if (answer === 'no response') return;
    const { status = 200, body: text = '', signature = (right) => right, serial, offsetSeconds = 0 } = answer;
    const signed = signAsWechat(text, new Date(this.now().getTime() + offsetSeconds * 1000), serial);
    const altered = signature && { ...signed, 'wechatpay-signature': signature(signed['wechatpay-signature'] ?? '') };
    response.writeHead(status, { 'content-type': 'application/json', ...altered, ...answer.headers }).end(text);
  }
}

const ATTRIBUTES = ['mchid', 'serial_no', 'timestamp', 'nonce_str', 'signature'];

/** True when the merchant of the vectors signed this request for this method, path and body. */
export function isSignedByMerchant({ method, path, body, headers }: V3StubRequest): boolean {
  const [, text = ''] = /^WECHATPAY2-SHA256-RSA2048 (.*)$/.exec(headers.authorization ?? '') ?? [];
  const attributes = new Map([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
  const [mchid, serial_no, timestamp, nonce_str, signature = ''] = ATTRIBUTES.map((name) => attributes.get(name));
  const lines = [method, path, timestamp, nonce_str, body].map((line) => `${line}\n`).join('');
  const isMerchant = mchid === VECTORS.mchid && serial_no === VECTORS.merchantSerial;
  return isMerchant && verifyRsa([lines], signature, publicKeyOf(VECTORS.keys.merchantPublic));
}

/** A sensitive field as WeChat reads it. */
export function decryptAsWechat(field: unknown): string {
  const key = privateKeyOf(VECTORS.keys.wechatPrivate);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return privateDecrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(String(field), 'base64')).toString('utf8');
}
