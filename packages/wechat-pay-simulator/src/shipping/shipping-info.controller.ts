import { MessageHandshake, MessagePusher } from './message-pusher.js';
import { PaidOrderResolver, ShippingRecordStore } from './shipping-record-store.js';
import { SettlementService } from './settlement.service.js';
import { ShippingEventPusher } from './shipping-event-pusher.js';
import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { JsonBody, PlatformRequestHandler } from '../platform/platform-request-handler.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ShippingQueryService } from './shipping-query.service.js';
import { ConfirmReceiveCall, UploadShippingCall } from './upload-shipping-call.js';

const CALLS = [
  ...(['upload_shipping_info', 'get_order', 'get_order_list'] as const),
  ...(['notify_confirm_receive', 'is_trade_managed'] as const),
];
const MALFORMED_BODY = 47_001;
const INVALID_APPID = 40_013;
type ShippingCall = (typeof CALLS)[number];

/** 小程序发货信息管理: `POST /wxa/sec/order/…?access_token=`. */
@ApiExcludeController()
@Controller('wxa/sec/order')
export class ShippingInfoController {
  /** Each returns the fields besides `errcode` 0, or the errcode. */
  private readonly handlers: Readonly<Record<ShippingCall, (body: JsonBody) => object | number>> = {
    upload_shipping_info: (body) => this.uploads.handle(body),
    get_order: (body) => this.queries.getOrder(body),
    get_order_list: (body) => this.queries.listOrders(body),
    notify_confirm_receive: (body) => this.confirmation.handle(body),
    is_trade_managed: ({ appid }) =>
      appid === this.settings.merchant.appid ? { is_trade_managed: true } : INVALID_APPID,
  };

  constructor(
    private readonly settings: SimulatorSettings,
    private readonly requests: PlatformRequestHandler,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
    private readonly uploads: UploadShippingCall,
    private readonly queries: ShippingQueryService,
    private readonly confirmation: ConfirmReceiveCall,
  ) {}

  @All(CALLS)
  handle(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname } = new URL(request.url, 'http://localhost');
    const endpoint = CALLS.find((name) => pathname.endsWith(`/${name}`)) ?? 'get_order';
    return this.requests.handle(endpoint, { request, reply }, ({ method, token, body }) => {
      if (method !== 'POST') return this.failures.create(43002);
      const errcode = this.tokens.errcodeFor(token);
      if (errcode !== undefined) return this.failures.create(errcode);
      const result = body === undefined ? MALFORMED_BODY : this.handlers[endpoint](body);
      if (typeof result === 'number' && result !== 0) return this.failures.create(result);
      return { errcode: 0, errmsg: 'ok', ...(typeof result === 'object' && result) };
    });
  }
}

/** Everything that the module must provide for this controller. */
export const SHIPPING_PROVIDERS = [
  ConfirmReceiveCall,
  MessageHandshake,
  MessagePusher,
  PaidOrderResolver,
  SettlementService,
  ShippingEventPusher,
  ShippingQueryService,
  ShippingRecordStore,
  UploadShippingCall,
];
