import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientIdentityOf } from '../certificates/client-certificate.js';
import { ResponseDelayer } from '../faults/response-delayer.js';
import { fail } from '../pay/call-result.js';
import { rawBodyOf, PayRequestHandler } from '../pay/pay-request-handler.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { RefundCall } from './refund-call.js';

const NO_CERTIFICATE = 'No required SSL certificate was sent';
const WRONG_CERTIFICATE = 'The SSL certificate error';

/** The calls that move money out. nginx checks the client certificate before WeChat receives the request. */
@ApiExcludeController()
@Controller('secapi')
export class SecapiController {
  constructor(
    private readonly requests: PayRequestHandler,
    private readonly applyRefund: RefundCall,
    private readonly responses: ResponseDelayer,
    private readonly exchangeLog: ExchangeLog,
    private readonly settings: SimulatorSettings,
  ) {}

  @All('pay/refund')
  refund(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const client = clientIdentityOf(request.raw.socket);
    if (client.kind === 'none') return this.reject(NO_CERTIFICATE, request, reply);
    if (client.kind === 'invalid') return this.reject(WRONG_CERTIFICATE, request, reply);
    const isMerchant = client.mchId === this.settings.merchant.mch_id;
    return this.requests.handle(
      this.applyRefund,
      request,
      reply,
      isMerchant ? undefined : fail('CERT_ERROR', '证书校验错误'),
    );
  }

  private reject(reason: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { method } = request;
    const path = this.applyRefund.path;
    const entry = this.exchangeLog.start({
      direction: 'received',
      method,
      path,
      request: rawBodyOf(request).toString(),
    });
    entry.verdict = `400 ${reason}`;
    return this.responses.send(reply, { status: 400, contentType: 'text/html', body: nginxPage(reason) }, entry);
  }
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
