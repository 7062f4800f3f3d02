import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseJsonBody } from './json-body.js';
import { PhoneCodeExchange } from './phone-code-exchange.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';
import { PlatformRequestHandler, redactQuery } from './platform-request-handler.js';

const OTHER_APPID = 'wx0000000000000000';

/** `POST /wxa/business/getuserphonenumber?access_token=`. Source: getPhoneNumber. */
@ApiExcludeController()
@Controller('wxa/business')
export class PhoneNumberController {
  constructor(
    private readonly requests: PlatformRequestHandler,
    private readonly exchange: PhoneCodeExchange,
    private readonly failures: PlatformFailureFactory,
  ) {}

  @All('getuserphonenumber')
  async getuserphonenumber(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = parseJsonBody(request.body);
    const logged = `${redactQuery(query)} ${JSON.stringify(body)}`;
    const call = { endpoint: 'getuserphonenumber', method, path: '/wxa/business/getuserphonenumber', logged } as const;
    await this.requests.handle(reply, call, (fault) => {
      if (method !== 'POST') return this.failures.create(43002);
      const appid = fault?.kind === 'other_appid' ? OTHER_APPID : undefined;
      return this.exchange.exchange(query.get('access_token'), body, appid);
    });
  }
}
