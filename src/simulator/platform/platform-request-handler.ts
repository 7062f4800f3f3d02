import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ResponseDelayer } from '../faults/response-delayer.js';
import { Fault, PlatformCall } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';

/** "not match signature" */
const SIGNATURE_MISMATCH = 49_004;

/** A platform call as it was received. */
export interface ReceivedPlatformCall {
  readonly endpoint: PlatformCall;
  readonly method: string;
  readonly path: string;
  /** The request in the exchange log, without secrets and tokens. */
  readonly logged: string;
  /** True when the call is signed; the errcode 49004 then reports a wrong signature. */
  readonly isSigned?: boolean;
  /** The order that the call is about, if any. */
  readonly numbers?: { readonly out_trade_no?: string };
}

/** The response object; an errcode other than 0 is a refusal. */
export type PlatformResponse = object & { errcode?: number };

/** The common part of all platform calls: exchange log, faults, JSON with HTTP 200. */
@Injectable()
export class PlatformRequestHandler {
  constructor(
    private readonly faults: FaultStore,
    private readonly responses: ResponseDelayer,
    private readonly exchangeLog: ExchangeLog,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** @param handleCall performs the call; receives a fault that changes its response */
  async handle(
    reply: FastifyReply,
    { endpoint, method, path, logged, isSigned = false, numbers = {} }: ReceivedPlatformCall,
    handleCall: (fault?: Fault) => PlatformResponse | Promise<PlatformResponse>,
  ): Promise<void> {
    const entry = this.exchangeLog.start({ direction: 'received', method, path, request: logged, ...numbers });
    const fault = this.faults.consume(endpoint, numbers);
    if (fault?.kind === 'stall' && fault.when === 'before') await this.responses.stall(fault);
    const response = await this.responseOrFault(handleCall, fault);
    const { errcode = 0 } = response;
    if (isSigned && fault === undefined && [0, SIGNATURE_MISMATCH].includes(errcode)) entry.signatureOk = errcode === 0;
    entry.verdict = errcode === 0 ? 'SUCCESS' : String(errcode);
    await this.responses.send(
      reply,
      { status: 200, contentType: 'text/plain', body: JSON.stringify(response) },
      entry,
      fault,
    );
  }

  private async responseOrFault(
    handleCall: (fault?: Fault) => PlatformResponse | Promise<PlatformResponse>,
    fault: Fault | undefined,
  ): Promise<PlatformResponse> {
    const isNotPerformed = fault?.when === 'before' && fault.kind !== 'stall';
    const response = isNotPerformed ? this.failures.create(-1) : await handleCall(fault);
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
