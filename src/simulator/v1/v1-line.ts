import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, PlatformCall } from '../faults/fault.js';
import { JsonBody, jsonBodyOf } from '../platform/json-body.js';
import { PlatformAnswer, PlatformLine, shownQuery } from '../platform/platform-line.js';
import { readQuery } from '../wire/query-string.js';
import { V1Request } from './v1-request-check.js';

type AnswerTo = (request: V1Request, fault?: Fault) => PlatformAnswer | Promise<PlatformAnswer>;

/** The way of the calls of 2014: JSON to the platform's machines, with an access token in the query. */
@Injectable()
export class V1Line {
  constructor(private readonly line: PlatformLine) {}

  async serve(
    endpoint: PlatformCall,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    answerTo: AnswerTo,
  ): Promise<void> {
    const { method } = request;
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const body = jsonBodyOf(request.body);
    const shown = `${shownQuery(searchParams)} ${JSON.stringify(body)}`;
    const call = { endpoint, method, path: pathname, shown, isSigned: true, numbers: numbersIn(body) };
    const token = searchParams.get('access_token');
    await this.line.serve(reply, call, (fault) => answerTo({ method, token, body }, fault));
  }
}

/** `/pay/orderquery` is a call of v2 too, on another host of WeChat's: only the token, or JSON, tells which is meant. */
export function isOfV1(request: FastifyRequest): boolean {
  const { searchParams } = new URL(request.url, 'http://localhost');
  return searchParams.has('access_token') || jsonBodyOf(request.body) !== undefined;
}

/** For the journal and the faults, whether the call is right or not. */
function numbersIn(body: JsonBody | undefined): { out_trade_no?: string } {
  const pack = body?.['package'];
  const inPackage = typeof pack === 'string' ? readQuery(pack)?.get('out_trade_no')?.toString('latin1') : undefined;
  const number = inPackage ?? body?.['out_trade_no'];
  return typeof number === 'string' ? { out_trade_no: number } : {};
}
