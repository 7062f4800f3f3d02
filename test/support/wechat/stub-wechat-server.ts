import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Fields, sign, type SignType } from '../../../src/wechat/pay/v2/signature.js';
import { buildXml, parseXml } from '../../../src/wechat/xml.js';
import { MERCHANT } from '../../vectors/v2/vectors.js';

/** How the server responds to one request. */
export type Responder = (fields: Fields, response: ServerResponse, request: IncomingMessage) => void;

/** A WeChat server that responds as the test sets it and records the requests. */
export class StubWechatServer {
  readonly requests: Fields[] = [];
  readonly paths: string[] = [];
  respond: Responder = () => {
    throw new Error('Set `respond` before the first request.');
  };
  url = '';
  private readonly server: Server;

  /** @param tls makes it use HTTPS. */
  constructor(private readonly tls: ServerOptions | null = null) {
    const serve = (request: IncomingMessage, response: ServerResponse): void => void this.serve(request, response);
    this.server = tls ? createSecureServer(tls, serve) : createServer(serve);
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `${this.tls ? 'https' : 'http'}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
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
    const fields = parseXml(body);
    this.requests.push(fields);
    this.paths.push(`${request.method ?? ''} ${request.url ?? ''}`);
    this.respond(fields, response, request);
  }
}

/** Fields of every successful response. */
export const COMMON_FIELDS: Fields = {
  return_code: 'SUCCESS',
  return_msg: 'OK',
  appid: MERCHANT.appid,
  mch_id: MERCHANT.mchId,
  nonce_str: 'q7RfZ2kLmXw83TbN',
  result_code: 'SUCCESS',
};

export function buildSignedXml(fields: Fields, type: SignType = 'MD5'): string {
  return buildXml({ ...fields, sign: sign(fields, MERCHANT.key, type) });
}

/** Responds with these fields, signed with the algorithm of the request. */
export function answerWith(fields: Fields, status = 200): Responder {
  return (received, response) => {
    const type = received['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
    response
      .writeHead(status, { 'content-type': 'text/xml' })
      .end(buildSignedXml({ ...COMMON_FIELDS, ...fields }, type));
  };
}

export function answerWithText(text: string, status = 200): Responder {
  return (_fields, response) => response.writeHead(status).end(text);
}

export const refuseWith = (code: string, message = '…'): Responder =>
  answerWith({ result_code: 'FAIL', err_code: code, err_code_des: message });
