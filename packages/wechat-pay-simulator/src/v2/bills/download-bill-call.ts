import { Injectable } from '@nestjs/common';
import { BillDelivery, BillRefusal } from '../../bills/bill-delivery.js';
import { CallResult, PayCall } from '../pay-call.js';
import { SignedRequest } from '../request-checker.js';
import { fieldValue } from '../wire/fields.js';
import { dashedDay, isZipTypeValid } from './bill-parameters.js';

const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND', 'RECHARGE_REFUND'];
const PARAMETER_ERROR = '20001';
const SYSTEM_ERROR = '20003';

const REFUSALS: Readonly<Record<BillRefusal, CallResult>> = {
  DATE: refusal('invalid bill_date', PARAMETER_ERROR),
  TOO_OLD: refusal('invalid bill_date', PARAMETER_ERROR),
  CREATING: refusal('Bill Creating', undefined),
  NONE: refusal('No Bill Exist', '20002'),
};
/** This call has English texts for what every call checks first. */
const CHECKS: readonly (readonly [start: string, text: string])[] = [
  ['签名错误', 'sign error'],
  ['请使用post方法', 'require POST method'],
  ['post数据为空', 'empty post data'],
  ['XML格式错误', 'data format error'],
  ['编码格式错误', 'data format error'],
  ['缺少参数', 'missing parameter'],
  ['appid', 'invalid appid'],
];

/**
 * `POST /pay/downloadbill`: the trade bill as a file; every refusal is XML without a signature. Source: WeChat Pay v2, bills.
 */
@Injectable()
export class DownloadBillCall implements PayCall {
  readonly name = 'downloadbill';
  readonly path = '/pay/downloadbill';
  readonly required = ['bill_date'];

  constructor(private readonly bills: BillDelivery) {}

  perform({ fields }: SignedRequest): CallResult {
    const type = fieldValue(fields, 'bill_type') ?? 'ALL';
    if (!BILL_TYPES.includes(type)) return refusal('invalid bill_type', PARAMETER_ERROR);
    if (!isZipTypeValid(fields)) return refusal('invalid tar_type, Only GZIP supported', PARAMETER_ERROR);
    const isZipped = fieldValue(fields, 'tar_type') !== undefined;
    const bill = this.bills.deliver({ kind: 'TRADE', type, day: dashedDay(fields) }, isZipped);
    return typeof bill === 'string' ? REFUSALS[bill] : { kind: 'FILE', bytes: bill.bytes, isZipped };
  }

  refusedByCheck(returnMsg: string): CallResult {
    const text = CHECKS.find(([start]) => returnMsg.startsWith(start))?.[1] ?? 'invalid parameter';
    return refusal(text, PARAMETER_ERROR);
  }

  failed(errCode: string, text: string | undefined): CallResult {
    return errCode === 'SYSTEMERROR' ? refusal('system error', SYSTEM_ERROR) : refusal(text ?? errCode, errCode);
  }
}

function refusal(returnMsg: string, errorCode: string | undefined): CallResult {
  return { kind: 'REFUSED', returnMsg, ...(errorCode !== undefined && { errorCode }) };
}
