import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, PlatformCall } from '../faults/fault.js';
import { JsonBody, parseJsonBody } from '../platform/json-body.js';
import { PlatformResponse, PlatformRequestHandler, redactQuery } from '../platform/platform-request-handler.js';
import { readQuery } from '../wire/query-string.js';
import { V1Request } from './v1-request-validator.js';

type V1CallHandler = (request: V1Request, fault?: Fault) => PlatformResponse | Promise<PlatformResponse>;

/** Handles v1 calls: JSON to the platform, with an access token in the query. */
@Injectable()
export class V1RequestHandler {
  constructor(private readonly requests: PlatformRequestHandler) {}

  async handle(
    endpoint: PlatformCall,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    handleCall: V1CallHandler,
  ): Promise<void> {
    const { method } = request;
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const body = parseJsonBody(request.body);
    const logged = `${redactQuery(searchParams)} ${JSON.stringify(body)}`;
    const call = { endpoint, method, path: pathname, logged, isSigned: true, numbers: numbersIn(body) };
    const token = searchParams.get('access_token');
    await this.requests.handle(reply, call, (fault) => handleCall({ method, token, body }, fault));
  }
}

/**
 * `/pay/orderquery` is also a v2 call on another host of WeChat: only the token or a JSON body identifies the v1 call.
 */
export function isV1Request(request: FastifyRequest): boolean {
  const { searchParams } = new URL(request.url, 'http://localhost');
  return searchParams.has('access_token') || parseJsonBody(request.body) !== undefined;
}

/** The number for the exchange log and the faults, for valid and invalid calls. */
function numbersIn(body: JsonBody | undefined): { out_trade_no?: string } {
  const pack = body?.['package'];
  const inPackage = typeof pack === 'string' ? readQuery(pack)?.get('out_trade_no')?.toString('latin1') : undefined;
  const number = inPackage ?? body?.['out_trade_no'];
  return typeof number === 'string' ? { out_trade_no: number } : {};
}
