import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseDelayer } from '../faults/response-delayer.js';
import { Fault } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { ResponseEnvelope, ResponseWriter } from './response-writer.js';
import { CallResult, fail, verdictOf } from './call-result.js';
import { MessageTargetResolver } from './message-target-resolver.js';
import { OtherOrderEcho } from './other-order-echo.js';
import { PayCall } from './pay-call.js';
import { checkRequest, SignedRequest } from './check-request.js';

/**
 * Handles a payment call from the bytes of the request to the bytes of the response: checks, faults, effect, signature.
 */
@Injectable()
export class PayRequestHandler {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly exchangeLog: ExchangeLog,
    private readonly faults: FaultStore,
    private readonly writer: ResponseWriter,
    private readonly responses: ResponseDelayer,
    private readonly otherOrderEcho: OtherOrderEcho,
    private readonly targets: MessageTargetResolver,
    private readonly behaviours: Behaviours,
  ) {}

  /**
   * Faults apply only to requests that pass the checks: an invalid request is always refused.
   * @param objection refuses a valid request for another reason, such as the certificate of another merchant
   */
  async handle(call: PayCall, request: FastifyRequest, reply: FastifyReply, objection?: CallResult): Promise<void> {
    const body = rawBodyOf(request);
    const { method } = request;
    const entry = this.exchangeLog.start({ direction: 'received', method, path: call.path, request: body.toString() });
    const checked = checkRequest(
      request.method,
      body,
      call.required,
      this.settings,
      this.behaviours.current.trimsTexts,
    );

    let result: CallResult;
    let fault: Fault | undefined;
    let envelope: ResponseEnvelope = { appid: this.settings.merchant.appid, signType: 'MD5' };
    if ('refusal' in checked) {
      result = { kind: 'REFUSED', returnMsg: checked.refusal };
      if (checked.signatureOk === false) entry.signatureOk = false;
    } else {
      const numbers = this.targets.resolve(checked.fields);
      Object.assign(entry, numbers, { signatureOk: true });
      fault = objection === undefined ? this.faults.consume(call.name, numbers) : undefined;
      envelope = { appid: checked.fields.get('appid') ?? '', signType: checked.signType };
      result = objection ?? (await this.resultOf(call, checked, fault));
    }
    entry.verdict = verdictOf(result);
    const options = { isAlphabetical: call.isAlphabetical === true, faultKind: fault?.kind };
    const xml = this.writer.write(result, envelope, options);
    await this.responses.send(reply, { status: 200, contentType: 'text/xml; charset=utf-8', body: xml }, entry, fault);
  }

  private async resultOf(call: PayCall, request: SignedRequest, fault: Fault | undefined): Promise<CallResult> {
    if (fault?.when === 'before') {
      if (fault.kind !== 'stall') return faultResult(fault) ?? fail('SYSTEMERROR', '系统错误');
      await this.responses.stall(fault);
    }
    const result = await call.perform(request);
    if (fault?.kind === 'echo_other_order')
      return this.otherOrderEcho.replaceNumbers(result, request.fields.get('out_trade_no'));
    return fault === undefined ? result : (faultResult(fault) ?? result);
  }
}

/** The bytes of the body; empty when there is none. */
export function rawBodyOf(request: Pick<FastifyRequest, 'body'>): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The result that a fault puts in place of the real one; undefined when it keeps the result. */
function faultResult(fault: Fault): CallResult | undefined {
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
