import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonBodyOf } from '../platform/json-body.js';
import { PlatformFailures } from '../platform/platform-failures.js';
import { PlatformLine, shownQuery } from '../platform/platform-line.js';
import { MessageExchange } from './message-exchange.js';

const PATH = '/cgi-bin/message/subscribe/send';

/** `POST /cgi-bin/message/subscribe/send?access_token=`. Source: subscribeMessage.send. */
@ApiExcludeController()
@Controller('cgi-bin/message/subscribe')
export class MessageController {
  constructor(
    private readonly line: PlatformLine,
    private readonly exchange: MessageExchange,
    private readonly failures: PlatformFailures,
  ) {}

  @All('send')
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = jsonBodyOf(request.body);
    const shown = `${shownQuery(query)} ${JSON.stringify(body)}`;
    await this.line.serve(reply, { endpoint: 'subscribe_send', method, path: PATH, shown }, () =>
      method === 'POST' ? this.exchange.send(query.get('access_token'), body) : this.failures.of(43002),
    );
  }
}
