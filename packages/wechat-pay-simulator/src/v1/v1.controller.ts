import { V1OrderQueryCall } from './v1-order-query-call.js';
import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeliverNotifyCall } from './deliver-notify-call.js';
import { GeneratePrepayCall } from './generate-prepay-call.js';
import { V1RequestHandler } from './v1-request-handler.js';

/**
 * The v1 calls (the 2014 app protocol). `PayController` handles its `/pay/orderquery`, which has the same path in v2.
 */
@ApiExcludeController()
@Controller('pay')
export class V1Controller {
  constructor(
    private readonly requests: V1RequestHandler,
    private readonly generatePrepay: GeneratePrepayCall,
    private readonly deliverNotify: DeliverNotifyCall,
  ) {}

  @All('genprepay')
  genprepay(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle(this.generatePrepay, { request, reply });
  }

  @All('delivernotify')
  delivernotify(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle(this.deliverNotify, { request, reply });
  }
}

/** Everything that the module must provide for this controller. */
export const V1_PROVIDERS = [DeliverNotifyCall, GeneratePrepayCall, V1RequestHandler, V1OrderQueryCall];
