import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientIdentityOf } from '../certificates/client-certificate.js';
import { AnswerLine } from '../faults/answer-line.js';
import { fail } from '../pay/call-result.js';
import { bodyOf, PayExchange } from '../pay/pay-exchange.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Journal } from '../state/journal.js';
import { ApplyRefund } from './apply-refund.js';

const NO_CERTIFICATE = 'No required SSL certificate was sent';
const WRONG_CERTIFICATE = 'The SSL certificate error';

/** The calls that move money out: nginx looks at the certificate before WeChat sees a byte of them. */
@ApiExcludeController()
@Controller('secapi')
export class RefundController {
  constructor(
    private readonly exchange: PayExchange,
    private readonly applyRefund: ApplyRefund,
    private readonly line: AnswerLine,
    private readonly journal: Journal,
    private readonly settings: SimulatorSettings,
  ) {}

  @All('pay/refund')
  refund(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const client = clientIdentityOf(request.raw.socket);
    if (client.kind === 'none') return this.turnAway(NO_CERTIFICATE, request, reply);
    if (client.kind === 'refused') return this.turnAway(WRONG_CERTIFICATE, request, reply);
    const isOurs = client.mchId === this.settings.merchant.mch_id;
    return this.exchange.serve(
      this.applyRefund,
      request,
      reply,
      isOurs ? undefined : fail('CERT_ERROR', '证书校验错误'),
    );
  }

  private turnAway(reason: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { method } = request;
    const path = this.applyRefund.path;
    const entry = this.journal.begin({ direction: 'received', method, path, request: bodyOf(request).toString() });
    entry.verdict = `400 ${reason}`;
    return this.line.send(reply, { status: 400, contentType: 'text/html', body: nginxPage(reason) }, entry);
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
