import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AnswerLine } from '../faults/answer-line.js';
import { Fault, PlatformCall } from '../faults/fault.js';
import { FaultBox } from '../faults/fault-box.js';
import { Journal } from '../state/journal.js';
import { PlatformFailures } from './platform-failures.js';

/** "not match signature" */
const NO_MATCH = 49_004;

/** One call of the platform as it came in. */
export interface PlatformExchange {
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
export type PlatformAnswer = object & { errcode?: number };

/** What all calls of the platform have in common: a line in the journal, the faults, JSON with HTTP 200. */
@Injectable()
export class PlatformLine {
  constructor(
    private readonly faults: FaultBox,
    private readonly line: AnswerLine,
    private readonly journal: Journal,
    private readonly failures: PlatformFailures,
  ) {}

  /** @param answerTo does what was asked; it hears of a fault that spoils its own answer. */
  async serve(
    reply: FastifyReply,
    { endpoint, method, path, shown, isSigned = false, numbers = {} }: PlatformExchange,
    answerTo: (fault?: Fault) => PlatformAnswer | Promise<PlatformAnswer>,
  ): Promise<void> {
    const entry = this.journal.begin({ direction: 'received', method, path, request: shown, ...numbers });
    const fault = this.faults.take(endpoint, numbers);
    if (fault?.kind === 'stall' && fault.when === 'before') await this.line.stall(fault);
    const said = await this.answerOrFault(answerTo, fault);
    const { errcode = 0 } = said;
    if (isSigned && fault === undefined && [0, NO_MATCH].includes(errcode)) entry.signatureOk = errcode === 0;
    entry.verdict = errcode === 0 ? 'SUCCESS' : String(errcode);
    await this.line.send(reply, { status: 200, contentType: 'text/plain', body: JSON.stringify(said) }, entry, fault);
  }

  private async answerOrFault(
    answerTo: (fault?: Fault) => PlatformAnswer | Promise<PlatformAnswer>,
    fault: Fault | undefined,
  ): Promise<PlatformAnswer> {
    const isUntouched = fault?.when === 'before' && fault.kind !== 'stall';
    const said = isUntouched ? this.failures.of(-1) : await answerTo(fault);
    if (fault?.kind === 'SYSTEMERROR') return this.failures.of(-1);
    if (fault?.kind === 'err_code') return this.failures.of(Number(fault.errCode), fault.errCodeDes);
    return said;
  }
}

/** A query as it may be shown. */
export function shownQuery(query: URLSearchParams): string {
  const shown = new URLSearchParams(query);
  for (const name of ['secret', 'access_token']) if (shown.has(name)) shown.set(name, '***');
  return shown.toString();
}
