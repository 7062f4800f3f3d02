import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CloseOrderCall } from './close-order-call.js';
import { OrderQueryCall } from './order-query-call.js';
import { PayRequestHandler } from './pay-request-handler.js';
import { RefundQueryCall } from '../refund/refund-query-call.js';
import { UnifiedOrderCall } from './unified-order-call.js';
import { isV1Request, V1RequestHandler } from '../v1/v1-request-handler.js';
import { V1OrderQueryCall } from '../v1/v1-order-query-call.js';

/** WeChat Pay v2 for the merchant's server. Accepts every method, because WeChat's own response reports a wrong one. */
@ApiExcludeController()
@Controller('pay')
export class PayController {
  constructor(
    private readonly v1Requests: V1RequestHandler,
    private readonly v1OrderQuery: V1OrderQueryCall,
    private readonly requests: PayRequestHandler,
    private readonly unifiedOrder: UnifiedOrderCall,
    private readonly orderQuery: OrderQueryCall,
    private readonly closeOrder: CloseOrderCall,
    private readonly refundQuery: RefundQueryCall,
  ) {}

  @All('unifiedorder')
  unifiedorder(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle(this.unifiedOrder, request, reply);
  }

  @All('orderquery')
  orderquery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (isV1Request(request)) {
      return this.v1Requests.handle('v1-orderquery', { request, reply }, (v1, fault) =>
        this.v1OrderQuery.handle(v1, fault),
      );
    }
    return this.requests.handle(this.orderQuery, request, reply);
  }

  @All('closeorder')
  closeorder(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle(this.closeOrder, request, reply);
  }

  @All('refundquery')
  refundquery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle(this.refundQuery, request, reply);
  }
}
