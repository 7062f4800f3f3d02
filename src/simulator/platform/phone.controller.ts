import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonBodyOf } from './json-body.js';
import { PhoneExchange } from './phone-exchange.js';
import { PlatformFailures } from './platform-failures.js';
import { PlatformLine, shownQuery } from './platform-line.js';

const OTHER_APPID = 'wx0000000000000000';

/** `POST /wxa/business/getuserphonenumber?access_token=`. Source: getPhoneNumber. */
@ApiExcludeController()
@Controller('wxa/business')
export class PhoneController {
  constructor(
    private readonly line: PlatformLine,
    private readonly exchange: PhoneExchange,
    private readonly failures: PlatformFailures,
  ) {}

  @All('getuserphonenumber')
  async getuserphonenumber(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = jsonBodyOf(request.body);
    const shown = `${shownQuery(query)} ${JSON.stringify(body)}`;
    const call = { endpoint: 'getuserphonenumber', method, path: '/wxa/business/getuserphonenumber', shown } as const;
    await this.line.serve(reply, call, (fault) => {
      if (method !== 'POST') return this.failures.of(43002);
      const appid = fault?.kind === 'other_appid' ? OTHER_APPID : undefined;
      return this.exchange.phoneOf(query.get('access_token'), body, appid);
    });
  }
}
