import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseSender } from '../faults/response-sender.js';
import { billResponse } from '../bills/files/bill-response.js';
import { Fault } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { rawBodyOf } from '../http-setup.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { ResponseEnvelope, ResponseWriter } from './response-writer.js';
import { CallResult, fail, verdictOf, PayCall } from './pay-call.js';
import { RequestTargetResolver } from '../book/request-target-resolver.js';
import { RequestChecker, SignedRequest } from './request-checker.js';
import { OrderStore } from '../book/order-store.js';

/**
 * Handles a payment call from the bytes of the request to the bytes of the response: checks, faults, effect, signature.
 */
@Injectable()
export class PayRequestHandler {
  constructor(
    private readonly checker: RequestChecker,
    private readonly exchangeLog: ExchangeLog,
    private readonly faults: FaultStore,
    private readonly writer: ResponseWriter,
    private readonly responses: ResponseSender,
    private readonly orders: OrderStore,
    private readonly targets: RequestTargetResolver,
  ) {}

  /**
   * Faults apply only to requests that pass the checks: an invalid request is always refused.
   * @param objection refuses a valid request for another reason, such as the certificate of another merchant
   */
  async handle(call: PayCall, request: FastifyRequest, reply: FastifyReply, objection?: CallResult): Promise<void> {
    const body = rawBodyOf(request);
    const { method } = request;
    const entry = this.exchangeLog.start({ direction: 'received', method, path: call.path, request: body.toString() });
    const checked = this.checker.check(method, body, call.required);

    let result: CallResult;
    let fault: Fault | undefined;
    let envelope: ResponseEnvelope = { appid: '', signType: 'MD5' }; // the response to a refused request has none
    if ('refusal' in checked) {
      result = call.refusedByCheck?.(checked.refusal) ?? { kind: 'REFUSED', returnMsg: checked.refusal };
      if (checked.signatureOk === false) entry.signatureOk = false;
    } else {
      const numbers = this.targets.resolve(checked.fields);
      Object.assign(entry, numbers, { signatureOk: true });
      fault = objection === undefined ? this.faults.consume(call.name, numbers) : undefined;
      envelope = { appid: checked.fields.get('appid') ?? '', signType: checked.signType };
      result = objection ?? (await this.resultOf(call, checked, fault));
    }
    entry.verdict = verdictOf(result);
    if (result.kind === 'FILE') return this.responses.send(reply, billResponse(result), entry, fault);
    const options = { isAlphabetical: call.isAlphabetical === true, faultKind: fault?.kind };
    const xml = this.writer.write(result, envelope, options);
    const response = { status: 200, contentType: 'text/xml; charset=utf-8', body: xml };
    return this.responses.send(reply, response, entry, fault);
  }

  private async resultOf(call: PayCall, request: SignedRequest, fault: Fault | undefined): Promise<CallResult> {
    if (fault?.when === 'before') {
      if (fault.kind !== 'stall') return faultResult(call, fault) ?? failureOf(call, 'SYSTEMERROR');
      await this.responses.stall(fault);
    }
    const result = await call.perform(request);
    if (fault?.kind === 'echo_other_order') return this.withOtherNumbers(result, request.fields.get('out_trade_no'));
    return fault === undefined ? result : (faultResult(call, fault) ?? result);
  }

  /** The same response with the numbers of another order, or invented ones when there is no other. */
  private withOtherNumbers(result: CallResult, outTradeNo: string | undefined): CallResult {
    if (result.kind !== 'SUCCESS') return result;
    const other = this.orders.all().find((order) => order.outTradeNo !== outTradeNo);
    const numbers = new Map([
      ['out_trade_no', other?.outTradeNo ?? 'OTHERORDER0001'],
      ['prepay_id', other?.prepays.at(-1)?.prepayId ?? 'wx20200101000000c0ffee00c0ffee00c0ff'],
      ['refund_id', '50000000002020010100000000000'],
      ['out_refund_no', 'OTHERREFUND0001'],
      ['refund_id_0', '50000000002020010100000000000'],
      ['out_refund_no_0', 'OTHERREFUND0001'],
      ['transaction_id', other?.transaction?.transactionId ?? '4200000000202001010000000000'],
    ]);
    return { kind: 'SUCCESS', fields: result.fields.map(([name, value]) => [name, numbers.get(name) ?? value]) };
  }
}

/** The result that a fault puts in place of the real one; undefined when it keeps the result. */
function faultResult(call: PayCall, fault: Fault): CallResult | undefined {
  switch (fault.kind) {
    case 'SYSTEMERROR':
    case 'error200': // every failure of v2 has HTTP status 200
      return failureOf(call, 'SYSTEMERROR');
    case 'err_code':
      return failureOf(call, fault.errCode ?? 'SYSTEMERROR', fault.errCodeDes);
    case 'rate_limited':
      return failureOf(call, 'FREQUENCY_LIMITED', '频率限制');
    case 'return_fail':
      return { kind: 'REFUSED', returnMsg: fault.returnMsg ?? '系统繁忙，请稍后再试' };
    default:
      return undefined;
  }
}

function failureOf(call: PayCall, errCode: string, text?: string): CallResult {
  return call.failed?.(errCode, text) ?? fail(errCode, text ?? '系统错误');
}
