import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseSender } from '../faults/response-sender.js';
import { rawBodyOf } from '../http-setup.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { fail, PayCall } from './pay-call.js';
import { PayRequestHandler } from './pay-request-handler.js';

/** The client of a connection, as identified by its certificate. */
type ClientIdentity =
  | { readonly kind: 'none' }
  /** The certificate was issued by an untrusted CA or has expired. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'merchant'; readonly mchId: string };

const NO_CERTIFICATE = 'No required SSL certificate was sent';
const WRONG_CERTIFICATE = 'The SSL certificate error';

/** Handles the calls with the merchant's certificate. nginx checks it before WeChat receives the request. */
@Injectable()
export class CertifiedRequestHandler {
  constructor(
    private readonly requests: PayRequestHandler,
    private readonly responses: ResponseSender,
    private readonly exchangeLog: ExchangeLog,
    private readonly settings: SimulatorSettings,
  ) {}

  handle(call: PayCall, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const client = clientIdentityOf(request.raw.socket);
    if (client.kind === 'none') return this.reject(NO_CERTIFICATE, call, request, reply);
    if (client.kind === 'invalid') return this.reject(WRONG_CERTIFICATE, call, request, reply);
    const isMerchant = client.mchId === this.settings.merchant.mch_id;
    const objection = isMerchant ? undefined : fail('CERT_ERROR', '证书校验错误');
    return this.requests.handle(call, request, reply, objection);
  }

  private reject(reason: string, { path }: PayCall, request: FastifyRequest, reply: FastifyReply): Promise<void> {
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
