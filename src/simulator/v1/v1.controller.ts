import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeliverNotify } from './deliver-notify.js';
import { GeneratePrepay } from './generate-prepay.js';
import { V1Line } from './v1-line.js';

/** The app protocol of 2014. Its `/pay/orderquery` shares an address with that of v2, and is served there. */
@ApiExcludeController()
@Controller('pay')
export class V1Controller {
  constructor(
    private readonly line: V1Line,
    private readonly generatePrepay: GeneratePrepay,
    private readonly deliverNotify: DeliverNotify,
  ) {}

  @All('genprepay')
  genprepay(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.line.serve('genprepay', { request, reply }, (v1, fault) => this.generatePrepay.answerTo(v1, fault));
  }

  @All('delivernotify')
  delivernotify(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.line.serve('delivernotify', { request, reply }, (v1) => this.deliverNotify.answerTo(v1));
  }
}
