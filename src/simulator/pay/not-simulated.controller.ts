import { All, Controller, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseDelayer } from '../faults/response-delayer.js';
import { redactQuery } from '../platform/platform-request-handler.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { notSimulatedResponse } from '../wire/not-simulated-response.js';
import { rawBodyOf } from './pay-request-handler.js';

/**
 * Handles every path without another controller. The real WeChat may have the call, so a client receives a refusal in
 * WeChat's own format; the list of messages shows the reason.
 */
@ApiExcludeController()
@Controller()
export class NotSimulatedController {
  constructor(
    private readonly responses: ResponseDelayer,
    private readonly exchangeLog: ExchangeLog,
  ) {}

  @All('*')
  async refuse(@Req() { method, url, body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname: path, searchParams } = new URL(url, 'http://localhost');
    if (path.startsWith('/_control'))
      throw new NotFoundException(`The control API has no ${method} ${path}; see /_control/docs`);
    const request = [redactQuery(searchParams), rawBodyOf({ body }).toString()].filter(Boolean).join(' ');
    const entry = this.exchangeLog.start({ direction: 'received', method, path, request });
    entry.verdict = 'not simulated';
    await this.responses.send(reply, notSimulatedResponse(path), entry);
  }
}
