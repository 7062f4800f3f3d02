import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ResponseDelayer } from '../faults/response-delayer.js';
import { Fault, PlatformCall } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';

/** "not match signature" */
const SIGNATURE_MISMATCH = 49_004;

/** One call of the platform as it came in. */
export interface ReceivedPlatformCall {
  readonly endpoint: PlatformCall;
  readonly method: string;
  readonly path: string;
  /** What the journal shows of it: no secret and no token. */
  readonly shown: string;
  /** Whether it has a signature, which is wrong when the answer is 49004. */
  readonly isSigned?: boolean;
  /** Whose order it is about, if it is about one. */
  readonly numbers?: { readonly out_trade_no?: string };
}

/** What is said back: some object, with an errcode when it is a no. */
export type PlatformResponse = object & { errcode?: number };

/** What all calls of the platform have in common: a line in the journal, the faults, JSON with HTTP 200. */
@Injectable()
export class PlatformRequestHandler {
  constructor(
    private readonly faults: FaultStore,
    private readonly responses: ResponseDelayer,
    private readonly journal: ExchangeLog,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** @param answerTo does what was asked; it hears of a fault that spoils its own answer. */
  async handle(
    reply: FastifyReply,
    { endpoint, method, path, shown, isSigned = false, numbers = {} }: ReceivedPlatformCall,
    answerTo: (fault?: Fault) => PlatformResponse | Promise<PlatformResponse>,
  ): Promise<void> {
    const entry = this.journal.start({ direction: 'received', method, path, request: shown, ...numbers });
    const fault = this.faults.consume(endpoint, numbers);
    if (fault?.kind === 'stall' && fault.when === 'before') await this.responses.stall(fault);
    const said = await this.answerOrFault(answerTo, fault);
    const { errcode = 0 } = said;
    if (isSigned && fault === undefined && [0, SIGNATURE_MISMATCH].includes(errcode)) entry.signatureOk = errcode === 0;
    entry.verdict = errcode === 0 ? 'SUCCESS' : String(errcode);
    await this.responses.send(
      reply,
      { status: 200, contentType: 'text/plain', body: JSON.stringify(said) },
      entry,
      fault,
    );
  }

  private async answerOrFault(
    answerTo: (fault?: Fault) => PlatformResponse | Promise<PlatformResponse>,
    fault: Fault | undefined,
  ): Promise<PlatformResponse> {
    const isUntouched = fault?.when === 'before' && fault.kind !== 'stall';
    const said = isUntouched ? this.failures.create(-1) : await answerTo(fault);
    if (fault?.kind === 'SYSTEMERROR') return this.failures.create(-1);
    if (fault?.kind === 'err_code') return this.failures.create(Number(fault.errCode), fault.errCodeDes);
    return said;
  }
}

/** A query as it may be shown. */
export function redactQuery(query: URLSearchParams): string {
  const shown = new URLSearchParams(query);
  for (const name of ['secret', 'access_token']) if (shown.has(name)) shown.set(name, '***');
  return shown.toString();
}
