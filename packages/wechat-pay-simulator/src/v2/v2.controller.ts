import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseSender } from '../faults/response-sender.js';
import { rawBodyOf } from '../http-setup.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { V1OrderQueryCall } from '../v1/v1-order-query-call.js';
import { isV1Request, V1RequestHandler } from '../v1/v1-request-handler.js';
import { CloseOrderCall } from './orders/close-order-call.js';
import { OrderQueryCall } from './orders/order-query-call.js';
import { UnifiedOrderCall } from './orders/unified-order-call.js';
import { fail, PayCall } from './pay-call.js';
import { PayRequestHandler } from './pay-request-handler.js';
import { RefundCall } from './refunds/refund-call.js';
import { RefundQueryCall } from './refunds/refund-query-call.js';

/** WeChat Pay v2 for the merchant's server. Accepts every method, because WeChat's own response reports a wrong one. */
@ApiExcludeController()
@Controller('pay')
export class PayController {
  private readonly calls: readonly PayCall[];

  constructor(
    private readonly v1Requests: V1RequestHandler,
    private readonly v1OrderQuery: V1OrderQueryCall,
    private readonly requests: PayRequestHandler,
    unifiedOrder: UnifiedOrderCall,
    orderQuery: OrderQueryCall,
    closeOrder: CloseOrderCall,
    refundQuery: RefundQueryCall,
  ) {
    this.calls = [unifiedOrder, orderQuery, closeOrder, refundQuery];
  }

  @All(['unifiedorder', 'orderquery', 'closeorder', 'refundquery'])
  handle(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname } = new URL(request.url, 'http://localhost');
    const call = this.calls.find(({ path }) => path === pathname);
    if (call === undefined) throw new Error(`No call has the path ${pathname}`);
    const isV1 = call.name === 'orderquery' && isV1Request(request);
    return isV1
      ? this.v1Requests.handle(this.v1OrderQuery, { request, reply })
      : this.requests.handle(call, request, reply);
  }
}

/** The client of a connection, as identified by its certificate. */
type ClientIdentity =
  | { readonly kind: 'none' }
  /** The certificate was issued by an untrusted CA or has expired. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'merchant'; readonly mchId: string };

const NO_CERTIFICATE = 'No required SSL certificate was sent';
const WRONG_CERTIFICATE = 'The SSL certificate error';

/** The calls that move money out. nginx checks the client certificate before WeChat receives the request. */
@ApiExcludeController()
@Controller('secapi')
export class SecapiController {
  constructor(
    private readonly requests: PayRequestHandler,
    private readonly applyRefund: RefundCall,
    private readonly responses: ResponseSender,
    private readonly exchangeLog: ExchangeLog,
    private readonly settings: SimulatorSettings,
  ) {}

  @All('pay/refund')
  refund(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const client = clientIdentityOf(request.raw.socket);
    if (client.kind === 'none') return this.reject(NO_CERTIFICATE, request, reply);
    if (client.kind === 'invalid') return this.reject(WRONG_CERTIFICATE, request, reply);
    const isMerchant = client.mchId === this.settings.merchant.mch_id;
    const objection = isMerchant ? undefined : fail('CERT_ERROR', '证书校验错误');
    return this.requests.handle(this.applyRefund, request, reply, objection);
  }

  private reject(reason: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { path } = this.applyRefund;
    const received = { method: request.method, path, request: rawBodyOf(request).toString() };
    const entry = this.exchangeLog.start({ direction: 'received', ...received });
    entry.verdict = `400 ${reason}`;
    return this.responses.send(reply, { status: 400, contentType: 'text/html', body: nginxPage(reason) }, entry);
  }
}

function clientIdentityOf(socket: Socket): ClientIdentity {
  if (!(socket instanceof TLSSocket)) return { kind: 'none' };
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string | string[] } };
  if (subject === undefined) return { kind: 'none' };
  const name = subject.CN;
  return socket.authorized && typeof name === 'string' ? { kind: 'merchant', mchId: name } : { kind: 'invalid' };
}

function nginxPage(reason: string): string {
  return [
    '<html>',
    `<head><title>400 ${reason}</title></head>`,
    '<body>',
    '<center><h1>400 Bad Request</h1></center>',
    `<center>${reason}</center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}
