import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerLine } from '../faults/answer-line.js';
import { Fault } from '../faults/fault.js';
import { FaultBox } from '../faults/fault-box.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { Journal } from '../state/journal.js';
import { AnswerEnvelope, AnswerWriter } from './answer-writer.js';
import { CallResult, fail, wordOf } from './call-result.js';
import { NumbersInMessage } from './numbers-in-message.js';
import { OtherOrders } from './other-orders.js';
import { PayCall } from './pay-call.js';
import { checkRequest, SignedRequest } from './request-check.js';

/** From the bytes of a request to the bytes of its answer: checks, faults, effect, signature. */
@Injectable()
export class PayExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly journal: Journal,
    private readonly faults: FaultBox,
    private readonly writer: AnswerWriter,
    private readonly line: AnswerLine,
    private readonly others: OtherOrders,
    private readonly numbers: NumbersInMessage,
    private readonly behaviours: Behaviours,
  ) {}

  /**
   * Faults hit only messages that pass the checks: a broken message is refused whatever is planted.
   * @param objection what stands against the call even when the message is right, a stranger's certificate for example
   */
  async serve(call: PayCall, request: FastifyRequest, reply: FastifyReply, objection?: CallResult): Promise<void> {
    const body = bodyOf(request);
    const { method } = request;
    const entry = this.journal.begin({ direction: 'received', method, path: call.path, request: body.toString() });
    const checked = checkRequest(
      request.method,
      body,
      call.required,
      this.settings,
      this.behaviours.current.trimsTexts,
    );

    let result: CallResult;
    let fault: Fault | undefined;
    let envelope: AnswerEnvelope = { appid: this.settings.merchant.appid, signType: 'MD5' };
    if ('refusal' in checked) {
      result = { kind: 'REFUSED', returnMsg: checked.refusal };
      if (checked.signatureOk === false) entry.signatureOk = false;
    } else {
      const numbers = this.numbers.of(checked.fields);
      Object.assign(entry, numbers, { signatureOk: true });
      fault = objection === undefined ? this.faults.take(call.name, numbers) : undefined;
      envelope = { appid: checked.fields.get('appid') ?? '', signType: checked.signType };
      result = objection ?? (await this.resultOf(call, checked, fault));
    }
    entry.verdict = wordOf(result);
    const style = { isAlphabetical: call.isAlphabetical === true, twist: fault?.kind };
    const xml = this.writer.write(result, envelope, style);
    await this.line.send(reply, { status: 200, contentType: 'text/xml; charset=utf-8', body: xml }, entry, fault);
  }

  private async resultOf(call: PayCall, request: SignedRequest, fault: Fault | undefined): Promise<CallResult> {
    if (fault?.when === 'before') {
      if (fault.kind !== 'stall') return saidInstead(fault) ?? fail('SYSTEMERROR', '系统错误');
      await this.line.stall(fault);
    }
    const result = await call.perform(request);
    if (fault?.kind === 'echo_other_order') return this.others.mistaken(result, request.fields.get('out_trade_no'));
    return fault === undefined ? result : (saidInstead(fault) ?? result);
  }
}

/** The bytes as they came; empty when there were none. */
export function bodyOf(request: Pick<FastifyRequest, 'body'>): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** What WeChat says in place of the truth; undefined when the fault leaves the words alone. */
function saidInstead(fault: Fault): CallResult | undefined {
  switch (fault.kind) {
    case 'SYSTEMERROR':
      return fail('SYSTEMERROR', '系统错误');
    case 'err_code':
      return fail(fault.errCode ?? 'SYSTEMERROR', fault.errCodeDes ?? '系统错误');
    case 'return_fail':
      return { kind: 'REFUSED', returnMsg: fault.returnMsg ?? '系统繁忙，请稍后再试' };
    default:
      return undefined;
  }
}
