import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformCall } from '../faults/fault.js';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { JsonBody, parseJsonBody } from '../platform/json-body.js';
import { PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { PlatformRequestHandler, redactQuery } from '../platform/platform-request-handler.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ConfirmReceiveCall } from './confirm-receive-call.js';
import { ShippingQueryService } from './shipping-query.service.js';
import { UploadShippingCall } from './upload-shipping-call.js';

/** 小程序发货信息管理: `POST /wxa/sec/order/…?access_token=`. */
@ApiExcludeController()
@Controller('wxa/sec/order')
export class ShippingInfoController {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly requests: PlatformRequestHandler,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
    private readonly uploads: UploadShippingCall,
    private readonly queries: ShippingQueryService,
    private readonly confirmation: ConfirmReceiveCall,
  ) {}

  @All('upload_shipping_info')
  upload(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.handle(request, reply, 'upload_shipping_info', (body) => this.uploads.handle(body));
  }

  @All('get_order')
  order(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.handle(request, reply, 'get_order', (body) => this.queries.getOrder(body));
  }

  @All('get_order_list')
  orders(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.handle(request, reply, 'get_order_list', (body) => this.queries.listOrders(body));
  }

  @All('notify_confirm_receive')
  remind(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.handle(request, reply, 'notify_confirm_receive', (body) => this.confirmation.handle(body));
  }

  @All('is_trade_managed')
  isManaged(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.handle(request, reply, 'is_trade_managed', ({ appid }) =>
      appid === this.settings.merchant.appid ? { is_trade_managed: true } : 40013,
    );
  }

  /** @param handleCall returns the fields besides `errcode` 0, or the errcode */
  private async handle(
    request: FastifyRequest,
    reply: FastifyReply,
    endpoint: PlatformCall,
    handleCall: (body: JsonBody) => object | number,
  ): Promise<void> {
    const { method } = request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = parseJsonBody(request.body);
    const logged = `${redactQuery(query)} ${JSON.stringify(body)}`;
    await this.requests.handle(reply, { endpoint, method, path: `/wxa/sec/order/${endpoint}`, logged }, () => {
      if (method !== 'POST') return this.failures.create(43002);
      const errcode = this.tokens.errcodeFor(query.get('access_token'));
      if (errcode !== undefined) return this.failures.create(errcode);
      const result = body === undefined ? 47001 : handleCall(body);
      if (typeof result === 'number' && result !== 0) return this.failures.create(result);
      return { errcode: 0, errmsg: 'ok', ...(typeof result === 'object' && result) };
    });
  }
}
