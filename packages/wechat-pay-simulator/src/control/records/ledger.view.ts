import { ApiProperty } from '@nestjs/swagger';
import { RefundStore } from '../../book/refund-store.js';
import { WechatOrder } from '../../book/wechat-order.js';
import type { Plain } from '../api-helpers.js';

/**
 * Refund amounts of an order by status. A closed refund (REFUNDCLOSE) is in none of the sums, because no money was
 * returned.
 */
export class RefundSumsView {
  @ApiProperty({ description: 'Received by the payer: SUCCESS' }) refundedFen!: number;
  @ApiProperty({ description: 'Accepted, not finished: PROCESSING' }) refundingFen!: number;
  @ApiProperty({ description: 'Accepted, but the payer could not receive it: CHANGE' }) abnormalFen!: number;
}

class LedgerRefundView {
  @ApiProperty() out_refund_no!: string;
  @ApiProperty() refund_id!: string;
  @ApiProperty({ example: 'PROCESSING' }) refund_status!: string;
  @ApiProperty() refund_fee!: number;
  @ApiProperty({ example: 'API' }) refund_request_source!: string;
}

class LedgerLineView extends RefundSumsView {
  @ApiProperty() out_trade_no!: string;
  @ApiProperty() trade_state!: string;
  @ApiProperty({ type: String, nullable: true }) transaction_id!: string | null;
  @ApiProperty({ type: String, nullable: true }) openid!: string | null;
  @ApiProperty() paidFen!: number;
  @ApiProperty({ type: [LedgerRefundView], description: 'Oldest first, including closed refunds' })
  refunds!: LedgerRefundView[];
  @ApiProperty({ type: Date, nullable: true }) paidAt!: Date | null;
}

class LedgerTotalsView extends RefundSumsView {
  @ApiProperty() orders!: number;
  @ApiProperty() paidOrders!: number;
  @ApiProperty() paidFen!: number;
}

export class LedgerView {
  @ApiProperty({ type: [LedgerLineView] }) items!: LedgerLineView[];
  @ApiProperty({ type: LedgerTotalsView }) totals!: LedgerTotalsView;
}

/** The payments and refunds that the merchant's own records must agree with in the end. */
export function ledgerView(orders: readonly WechatOrder[], refunds: RefundStore) {
  const items = orders.map((order) => ledgerLineView(order, refunds));
  const sum = (fenOf: (line: LedgerLineView) => number): number => items.reduce((fen, line) => fen + fenOf(line), 0);
  const totals = {
    orders: items.length,
    paidOrders: items.filter(({ transaction_id }) => transaction_id !== null).length,
    paidFen: sum(({ paidFen }) => paidFen),
    refundedFen: sum(({ refundedFen }) => refundedFen),
    refundingFen: sum(({ refundingFen }) => refundingFen),
    abnormalFen: sum(({ abnormalFen }) => abnormalFen),
  };
  return { items, totals } satisfies Plain<LedgerView>;
}

function ledgerLineView(order: WechatOrder, refunds: RefundStore) {
  const { transaction } = order;
  return {
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    transaction_id: transaction?.transactionId ?? null,
    openid: transaction?.openid ?? null,
    paidFen: transaction?.totalFen ?? 0,
    ...refunds.sumsOf(order),
    refunds: refunds.listByOrder(order).map((refund) => ({
      out_refund_no: refund.outRefundNo,
      refund_id: refund.refundId,
      refund_status: refund.status,
      refund_fee: refund.refundFen,
      refund_request_source: refund.source,
    })),
    paidAt: transaction?.paidAt ?? null,
  };
}
