import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformCall } from '../faults/fault.js';
import { AccessTokenBook } from '../platform/access-token-book.js';
import { JsonBody, jsonBodyOf } from '../platform/json-body.js';
import { PlatformFailures } from '../platform/platform-failures.js';
import { PlatformLine, shownQuery } from '../platform/platform-line.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Confirmation } from './confirmation.js';
import { ShippingQueries } from './shipping-queries.js';
import { UploadShipping } from './upload-shipping.js';

/** 小程序发货信息管理: `POST /wxa/sec/order/…?access_token=`. */
@ApiExcludeController()
@Controller('wxa/sec/order')
export class ShippingController {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly line: PlatformLine,
    private readonly tokens: AccessTokenBook,
    private readonly failures: PlatformFailures,
    private readonly uploads: UploadShipping,
    private readonly queries: ShippingQueries,
    private readonly confirmation: Confirmation,
  ) {}

  @All('upload_shipping_info')
  upload(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.serve(request, reply, 'upload_shipping_info', (body) => this.uploads.take(body));
  }

  @All('get_order')
  order(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.serve(request, reply, 'get_order', (body) => this.queries.one(body));
  }

  @All('get_order_list')
  orders(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.serve(request, reply, 'get_order_list', (body) => this.queries.list(body));
  }

  @All('notify_confirm_receive')
  remind(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.serve(request, reply, 'notify_confirm_receive', (body) => this.confirmation.ask(body));
  }

  @All('is_trade_managed')
  isManaged(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.serve(request, reply, 'is_trade_managed', ({ appid }) =>
      appid === this.settings.merchant.appid ? { is_trade_managed: true } : 40013,
    );
  }

  /** @param answerTo what is told besides `errcode` 0, or the errcode. */
  private async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    endpoint: PlatformCall,
    answerTo: (body: JsonBody) => object | number,
  ): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = jsonBodyOf(request.body);
    const shown = `${shownQuery(query)} ${JSON.stringify(body)}`;
    await this.line.serve(reply, { endpoint, method, path: `/wxa/sec/order/${endpoint}`, shown }, () => {
      if (method !== 'POST') return this.failures.of(43002);
      const complaint = this.tokens.complaintAbout(query.get('access_token'));
      if (complaint !== undefined) return this.failures.of(complaint);
      const said = body === undefined ? 47001 : answerTo(body);
      if (typeof said === 'number' && said !== 0) return this.failures.of(said);
      return { errcode: 0, errmsg: 'ok', ...(typeof said === 'object' && said) };
    });
  }
}
