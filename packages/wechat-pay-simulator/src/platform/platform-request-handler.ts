import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, PlatformCall } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { ResponseSender } from '../faults/response-sender.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';

/** "not match signature" */
const SIGNATURE_MISMATCH = 49_004;

export type JsonBody = Readonly<Record<string, unknown>>;

/** The request and the reply of a controller. */
export interface HttpExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A platform call as it was received. */
export interface PlatformRequest {
  readonly method: string;
  readonly query: URLSearchParams;
  /** The access token in the query. */
  readonly token: string | null;
  /** Undefined when the body is not a JSON object. */
  readonly body: JsonBody | undefined;
  /** The caller's IP address. */
  readonly address: string;
}

/** The response object; an errcode other than 0 is a refusal. */
export type PlatformResponse = object & { errcode?: number };

/** Performs a call; receives a fault that changes its response. */
type CallHandler = (request: PlatformRequest, fault?: Fault) => PlatformResponse | Promise<PlatformResponse>;

/** The common part of all platform calls: exchange log, faults, JSON with HTTP 200. */
@Injectable()
export class PlatformRequestHandler {
  constructor(
    private readonly faults: FaultStore,
    private readonly responses: ResponseSender,
    private readonly exchangeLog: ExchangeLog,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** @param signed the order of a signed call; the errcode 49004 then reports a wrong signature */
  async handle(
    endpoint: PlatformCall,
    { request, reply }: HttpExchange,
    handleCall: CallHandler,
    signed?: { out_trade_no?: string },
  ): Promise<void> {
    const { method } = request;
    const { pathname: path, searchParams: query } = new URL(request.url, 'http://localhost');
    const body = parseJsonBody(request.body);
    const logged = [
      redactQuery(query),
      body && JSON.stringify({ ...body, ...('secret' in body && { secret: '***' }) }),
    ];
    const numbers = signed ?? {};
    const received = { direction: 'received', method, path, request: logged.filter(Boolean).join(' ') } as const;
    const entry = this.exchangeLog.start({ ...received, ...numbers });
    const fault = this.faults.consume(endpoint, numbers);
    if (fault?.kind === 'stall' && fault.when === 'before') await this.responses.stall(fault);
    const call = { method, query, token: query.get('access_token'), body, address: request.ip };
    const response = await this.responseOrFault(() => handleCall(call, fault), fault);
    const { errcode = 0 } = response;
    const isChecked = signed !== undefined && fault === undefined && [0, SIGNATURE_MISMATCH].includes(errcode);
    if (isChecked) entry.signatureOk = errcode === 0;
    entry.verdict = errcode === 0 ? 'SUCCESS' : String(errcode);
    const answer = { status: 200, contentType: 'text/plain', body: JSON.stringify(response) };
    await this.responses.send(reply, answer, entry, fault);
  }

  private async responseOrFault(
    handleCall: () => PlatformResponse | Promise<PlatformResponse>,
    fault: Fault | undefined,
  ): Promise<PlatformResponse> {
    const isNotPerformed = fault?.when === 'before' && fault.kind !== 'stall';
    const response = isNotPerformed ? this.failures.create(-1) : await handleCall();
    if (fault?.kind === 'SYSTEMERROR') return this.failures.create(-1);
    if (fault?.kind === 'err_code') return this.failures.create(Number(fault.errCode), fault.errCodeDes);
    return response;
  }
}

/** The query without secrets and tokens, for the exchange log. */
export function redactQuery(query: URLSearchParams): string {
  const logged = new URLSearchParams(query);
  for (const name of ['secret', 'access_token']) if (logged.has(name)) logged.set(name, '***');
  return logged.toString();
}

/** The JSON object in the body; undefined when there is none. */
export function parseJsonBody(body: unknown): JsonBody | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonBody) : undefined;
  } catch {
    return undefined;
  }
}
