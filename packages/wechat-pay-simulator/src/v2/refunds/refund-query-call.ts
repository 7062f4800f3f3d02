import { Injectable } from '@nestjs/common';
import { CallResult, fail, PayCall } from '../pay-call.js';
import { SignedRequest } from '../request-checker.js';
import { OrderStore } from '../../book/order-store.js';
import { RefundStore } from '../../book/refund-store.js';
import { WechatOrder } from '../../book/wechat-order.js';
import { WechatRefund } from '../../book/wechat-refund.js';
import { Fields } from '../wire/fields.js';
import { queriedFields } from './refund-fields.js';

const PAGE_SIZE = 10;
const NOT_FOUND = fail('REFUNDNOTEXIST', 'not exist');

/** `POST /pay/refundquery`: one refund, or the refunds of an order, ten per page. */
@Injectable()
export class RefundQueryCall implements PayCall {
  readonly name = 'refundquery';
  readonly path = '/pay/refundquery';
  readonly isAlphabetical = true;
  readonly required = [];

  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
  ) {}

  perform({ fields }: SignedRequest): CallResult {
    const offset = fields.get('offset') ?? '';
    if (offset !== '' && !/^\d{1,9}$/.test(offset)) return fail('PARAM_ERROR', '参数错误');
    const found = this.find(fields);
    if (found === undefined) return { kind: 'REFUSED', returnMsg: '缺少参数' };
    const order = found[0]?.order;
    return order === undefined ? NOT_FOUND : pageOf(order, found, Number(offset));
  }

  /** Searches by the first of the four numbers that is given; undefined when none is. */
  private find(fields: Fields): readonly WechatRefund[] | undefined {
    const lookups: readonly (readonly [name: string, find: (number: string) => readonly WechatRefund[]])[] = [
      ['refund_id', (number) => listOf(this.refunds.findById(number))],
      ['out_refund_no', (number) => listOf(this.refunds.find(number))],
      ['transaction_id', (number) => this.refundsOf(this.orders.findByTransaction(number))],
      ['out_trade_no', (number) => this.refundsOf(this.orders.find(number))],
    ];
    for (const [name, find] of lookups) {
      const number = fields.get(name) ?? '';
      if (number !== '') return find(number);
    }
    return undefined;
  }

  private refundsOf(order: WechatOrder | undefined): readonly WechatRefund[] {
    return order === undefined ? [] : this.refunds.listByOrder(order);
  }
}

function listOf(refund: WechatRefund | undefined): readonly WechatRefund[] {
  return refund === undefined ? [] : [refund];
}

function pageOf(order: WechatOrder, refunds: readonly WechatRefund[], offset: number): CallResult {
  if (offset >= refunds.length) return fail('PARAM_ERROR', '参数错误');
  const page = refunds.slice(offset, offset + PAGE_SIZE);
  const total = page.length < refunds.length ? [['total_refund_count', String(refunds.length)] as const] : [];
  return { kind: 'SUCCESS', fields: [...queriedFields(order, page), ...total] };
}
