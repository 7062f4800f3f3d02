import { BillCalls } from './bills/bill-calls.js';
import { SecurityEchoCall } from './security-echo-call.js';
import { KeyCalls } from './key-calls.js';
import { Authenticator } from './authenticator.js';
import { AnswerWriter } from './answer-writer.js';
import { KeyRing } from './key-ring.js';
import { V3NoticeWriter } from './notices/v3-notice-writer.js';
import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CertificatesCall } from './certificates-call.js';
import { OrderCalls } from './orders/order-calls.js';
import { PlaceOrderCalls } from './orders/place-order-call.js';
import { AbnormalRefundCall } from './refunds/abnormal-refund-call.js';
import { RefundCalls } from './refunds/refund-calls.js';
import { V3Call } from './v3-call.js';
import { MatchedCall, V3RequestHandler } from './v3-request-handler.js';

/** WeChat Pay API v3. WeChat answers 404 for an unknown path and 405 for a wrong method, both without a body. */
@ApiExcludeController()
@Controller('v3')
export class V3Controller {
  private readonly calls: readonly V3Call[];

  constructor(
    private readonly requests: V3RequestHandler,
    placeOrder: PlaceOrderCalls,
    orders: OrderCalls,
    refunds: RefundCalls,
    abnormalRefund: AbnormalRefundCall,
    bills: BillCalls,
    keys: KeyCalls,
  ) {
    this.calls = [...[placeOrder, orders, refunds, bills, keys].flatMap<V3Call>(({ all }) => all), abnormalRefund];
  }

  @All('*')
  handle(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname } = new URL(request.url, 'http://localhost');
    const matches = this.calls.flatMap((call) => matchPath(call, pathname));
    const matched = matches.find(({ call }) => call.method === request.method);
    if (matched !== undefined) return this.requests.handle(matched, request, reply);
    return this.requests.rejectRoute(matches.length > 0 ? 405 : 404, request, reply);
  }
}

/** The call with the named parts of the path; empty when the path is another one. */
function matchPath(call: V3Call, pathname: string): MatchedCall[] {
  const pattern = call.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(pathname);
  if (found === null) return [];
  const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decoded(value)] as const);
  return [{ call, params: Object.fromEntries(params) }];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Everything that the module must provide for this controller. */
export const V3_PROVIDERS = [
  V3RequestHandler,
  Authenticator,
  AnswerWriter,
  KeyRing,
  CertificatesCall,
  SecurityEchoCall,
  KeyCalls,
  BillCalls,
  PlaceOrderCalls,
  OrderCalls,
  RefundCalls,
  AbnormalRefundCall,
  V3NoticeWriter,
];
