import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseJsonBody } from '../platform/json-body.js';
import { PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { PlatformRequestHandler, redactQuery } from '../platform/platform-request-handler.js';
import { SubscribeMessageService } from './subscribe-message.service.js';

const PATH = '/cgi-bin/message/subscribe/send';

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
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = parseJsonBody(request.body);
    const logged = `${redactQuery(query)} ${JSON.stringify(body)}`;
    await this.requests.handle(reply, { endpoint: 'subscribe_send', method, path: PATH, logged }, () =>
      method === 'POST' ? this.messages.send(query.get('access_token'), body) : this.failures.create(43002),
    );
  }
}
