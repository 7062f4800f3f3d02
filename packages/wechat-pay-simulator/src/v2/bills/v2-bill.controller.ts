import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CertifiedRequestHandler } from '../client-certificate.js';
import { PayRequestHandler } from '../pay-request-handler.js';
import { DownloadBillCall } from './download-bill-call.js';
import { DownloadFundFlowCall } from './download-fund-flow-call.js';

/** The bills of WeChat Pay v2. */
@ApiExcludeController()
@Controller('pay')
export class V2BillController {
  constructor(
    private readonly requests: PayRequestHandler,
    private readonly certified: CertifiedRequestHandler,
    private readonly downloadBill: DownloadBillCall,
    private readonly downloadFundFlow: DownloadFundFlowCall,
  ) {}

  @All('downloadbill')
  bill(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle(this.downloadBill, request, reply);
  }

  @All('downloadfundflow')
  fundFlow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.certified.handle(this.downloadFundFlow, request, reply);
  }
}
