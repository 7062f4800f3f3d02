import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CloseOrder } from './close-order.js';
import { OrderQuery } from './order-query.js';
import { PayExchange } from './pay-exchange.js';
import { RefundQuery } from '../refund/refund-query.js';
import { UnifiedOrder } from './unified-order.js';
import { isOfV1, V1Line } from '../v1/v1-line.js';
import { V1OrderQuery } from '../v1/v1-order-query.js';

/** WeChat Pay v2 as the merchant's server sees it. Every method is accepted, since WeChat itself names the wrong ones. */
@ApiExcludeController()
@Controller('pay')
export class PayController {
  constructor(
    private readonly v1: V1Line,
    private readonly v1OrderQuery: V1OrderQuery,
    private readonly exchange: PayExchange,
    private readonly unifiedOrder: UnifiedOrder,
    private readonly orderQuery: OrderQuery,
    private readonly closeOrder: CloseOrder,
    private readonly refundQuery: RefundQuery,
  ) {}

  @All('unifiedorder')
  unifiedorder(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.exchange.serve(this.unifiedOrder, request, reply);
  }

  @All('orderquery')
  orderquery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (isOfV1(request)) {
      return this.v1.serve('v1-orderquery', { request, reply }, (v1, fault) => this.v1OrderQuery.answerTo(v1, fault));
    }
    return this.exchange.serve(this.orderQuery, request, reply);
  }

  @All('closeorder')
  closeorder(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.exchange.serve(this.closeOrder, request, reply);
  }

  @All('refundquery')
  refundquery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.exchange.serve(this.refundQuery, request, reply);
  }
}
