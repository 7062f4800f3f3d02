import { Injectable } from '@nestjs/common';
import { BillDelivery, BillRefusal } from '../../bills/bill-delivery.js';
import { FundFlowLimit } from '../../bills/fund-flow-limit.js';
import { CallResult, fail, PayCall } from '../pay-call.js';
import { SignedRequest } from '../request-checker.js';
import { fieldValue } from '../wire/fields.js';
import { dashedDay, isZipTypeValid } from './bill-parameters.js';

/** The accounts by their name in v3. */
const ACCOUNTS: Readonly<Record<string, string>> = { Basic: 'BASIC', Operation: 'OPERATION', Fees: 'FEES' };
const FIRST_DAY = '2017-06-01';

const REFUSALS: Readonly<Record<BillRefusal, CallResult>> = {
  DATE: fail('PARAM_ERROR', 'invalid bill_date'),
  TOO_OLD: fail('PARAM_ERROR', 'invalid bill_date'),
  CREATING: fail('BILL_CREATING', '账单未生成'),
  NONE: fail('NO_BILL_EXIST', '账单不存在'),
};

/** `POST /pay/downloadfundflow`: only by HMAC-SHA256 and with the client certificate. Source: WeChat Pay v2, bills. */
@Injectable()
export class DownloadFundFlowCall implements PayCall {
  readonly name = 'downloadfundflow';
  readonly path = '/pay/downloadfundflow';
  readonly required = ['bill_date', 'account_type'];

  constructor(
    private readonly bills: BillDelivery,
    private readonly limit: FundFlowLimit,
  ) {}

  perform({ fields, signType }: SignedRequest): CallResult {
    if (signType !== 'HMAC-SHA256') return { kind: 'REFUSED', returnMsg: '签名错误' };
    const type = ACCOUNTS[fields.get('account_type') ?? ''];
    if (type === undefined) return fail('PARAM_ERROR', 'invalid account_type');
    if (!isZipTypeValid(fields)) return fail('PARAM_ERROR', 'invalid tar_type');
    if (!this.limit.tryAdd()) return fail('FREQUENCY_LIMITED', '频率限制');
    const day = dashedDay(fields);
    if (day < FIRST_DAY) return REFUSALS.DATE;
    const isZipped = fieldValue(fields, 'tar_type') !== undefined;
    const bill = this.bills.deliver({ kind: 'FUND', type, day }, isZipped);
    return typeof bill === 'string' ? REFUSALS[bill] : { kind: 'FILE', bytes: bill.bytes, isZipped };
  }
}
