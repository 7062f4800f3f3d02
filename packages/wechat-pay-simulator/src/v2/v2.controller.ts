import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { V1OrderQueryCall } from '../v1/v1-order-query-call.js';
import { isV1Request, V1RequestHandler } from '../v1/v1-request-handler.js';
import { CloseOrderCall } from './orders/close-order-call.js';
import { OrderQueryCall } from './orders/order-query-call.js';
import { UnifiedOrderCall } from './orders/unified-order-call.js';
import { CertifiedRequestHandler } from './client-certificate.js';
import { PayCall } from './pay-call.js';
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

/** The calls that move money out. */
@ApiExcludeController()
@Controller('secapi')
export class SecapiController {
  constructor(
    private readonly certified: CertifiedRequestHandler,
    private readonly applyRefund: RefundCall,
  ) {}

  @All('pay/refund')
  refund(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.certified.handle(this.applyRefund, request, reply);
  }
}
