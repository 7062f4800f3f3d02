import { Injectable } from '@nestjs/common';
import { BillDelivery, BillRefusal, BillName } from '../../bills/bill-delivery.js';
import { BillUrlStore } from '../../bills/bill-url-store.js';
import { FundFlowLimit } from '../../bills/fund-flow-limit.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { checkBody, FieldRule, Schema } from '../body-schema.js';
import { refuse, V3Call, V3Refusal, V3Request, V3Result } from '../v3-call.js';

const REASON = { tooOld: 270_522_880, none: 270_522_881, creating: 270_522_882, date: 270_522_884, often: 268_435_472 };
const REFUSALS: Readonly<Record<BillRefusal, V3Refusal>> = {
  DATE: refuse(400, 'INVALID_REQUEST', '账单日期错误', REASON.date),
  TOO_OLD: refuse(400, 'INVALID_REQUEST', '账单日期过早，只支持三个月内的账单', REASON.tooOld),
  CREATING: refuse(400, 'STATEMENT_CREATING', '账单生成中', REASON.creating),
  NONE: refuse(400, 'NO_STATEMENT_EXIST', '请求的账单文件不存在', REASON.none),
};
const TOO_FREQUENT = refuse(429, 'FREQUENCY_LIMITED', '频率超限，请降低请求接口频率', REASON.often);

const BILL_DATE: FieldRule = {
  label: '账单日期',
  type: 'string',
  max: 10,
  unit: 'characters',
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  required: true,
};
const TAR_TYPE: FieldRule = { label: '压缩类型', type: 'string', max: 32, oneOf: ['GZIP'] };
const TRADE_BILL: Schema = {
  bill_date: BILL_DATE,
  bill_type: {
    label: '账单类型',
    type: 'string',
    max: 32,
    oneOf: ['ALL', 'SUCCESS', 'REFUND', 'RECHARGE_REFUND', 'ALL_SPECIAL', 'SUC_SPECIAL', 'REF_SPECIAL'],
  },
  tar_type: TAR_TYPE,
};
const FUND_FLOW_BILL: Schema = {
  bill_date: BILL_DATE,
  account_type: { label: '资金账户类型', type: 'string', max: 32, oneOf: ['BASIC', 'OPERATION', 'FEES'] },
  tar_type: TAR_TYPE,
};

/** The requests for bills, answered with an address and a hash, and the files. Source: WeChat Pay v3, bills. */
@Injectable()
export class BillCalls {
  readonly all: readonly V3Call[];

  constructor(
    private readonly bills: BillDelivery,
    private readonly urls: BillUrlStore,
    private readonly limit: FundFlowLimit,
    private readonly settings: SimulatorSettings,
  ) {
    this.all = [
      {
        endpoint: 'downloadbill',
        method: 'GET',
        path: '/v3/bill/tradebill',
        validate: (request) => refusalOfQuery(request, TRADE_BILL),
        perform: (request) => this.grant(request, 'TRADE', request.query.get('bill_type') ?? 'ALL'),
      },
      {
        endpoint: 'downloadfundflow',
        method: 'GET',
        path: '/v3/bill/fundflowbill',
        validate: (request) => refusalOfQuery(request, FUND_FLOW_BILL),
        perform: (request) =>
          this.limit.tryAdd()
            ? this.grant(request, 'FUND', request.query.get('account_type') ?? 'BASIC')
            : TOO_FREQUENT,
      },
      ...['/v3/billdownload/file', '/v3/bill/downloadurl'].map((path) => this.fileCall(path)),
    ];
  }

  private grant({ query, origin }: V3Request, kind: BillName['kind'], type: string): V3Result {
    const isZipped = query.get('tar_type') === 'GZIP';
    const name = { kind, type, day: query.get('bill_date') ?? '' };
    const bill = this.bills.deliver(name, isZipped);
    if (typeof bill === 'string') return REFUSALS[bill];
    const url = this.urls.issue({ ...name, isZipped, mchId: this.settings.merchant.mch_id }, origin);
    return { kind: 'done', body: { download_url: url, hash_type: 'SHA1', hash_value: bill.hash } };
  }

  /** The token names the bill; `tartype` in the address is not read. */
  private fileCall(path: string): V3Call {
    return {
      endpoint: 'billfile',
      method: 'GET',
      path,
      isUnsigned: true,
      isOpenToOtherMerchants: true,
      validate: () => undefined,
      perform: ({ query, mchId }) => {
        const grant = this.urls.find(query.get('token') ?? '');
        if (grant === undefined) return refuse(400, 'INVALID_REQUEST', '下载链接无效或已过期，请重新申请');
        if (grant.mchId !== mchId) return refuse(403, 'NO_AUTH', '商户号无权限下载该账单', 270_522_892);
        const bill = this.bills.deliver(grant, grant.isZipped);
        return typeof bill === 'string'
          ? REFUSALS[bill]
          : { kind: 'file', bytes: bill.bytes, isZipped: grant.isZipped };
      },
    };
  }
}

function refusalOfQuery({ query }: V3Request, schema: Schema): V3Refusal | undefined {
  const given = [...query].filter(([name]) => name in schema);
  return checkBody(Object.fromEntries(given), schema, '/query');
}
