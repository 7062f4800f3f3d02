import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { PlatformRequestHandler } from '../platform/platform-request-handler.js';
import { SubscribeMessageService } from './subscribe-message.service.js';

/** `POST /cgi-bin/message/subscribe/send?access_token=`. Source: subscribeMessage.send. */
@ApiExcludeController()
@Controller('cgi-bin/message/subscribe')
export class MessageController {
  constructor(
    private readonly requests: PlatformRequestHandler,
    private readonly messages: SubscribeMessageService,
    private readonly failures: PlatformFailureFactory,
  ) {}

  @All('send')
  send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle('subscribe_send', { request, reply }, ({ method, token, body }) =>
      method === 'POST' ? this.messages.send(token, body) : this.failures.create(43002),
    );
  }
}
