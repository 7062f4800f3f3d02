import { ApiProperty } from '@nestjs/swagger';
import { FromFilter, ToFilter } from '../common/list-filters.js';

export class SummaryQuery {
  @FromFilter('By default the last 30 days of Beijing, today included. What happened')
  readonly from?: string;

  @ToFilter('By default the end of today in Beijing. What happened')
  readonly to?: string;
}

/** Sums over some time. Amounts in fen. */
class MoneyTotals {
  @ApiProperty({ description: 'Fen that WeChat took for us, also what came too late or twice.' })
  paidFen!: number;

  @ApiProperty()
  paidCount!: number;

  @ApiProperty({ description: 'Fen that are back with their payers, by the day on which WeChat said so.' })
  refundedFen!: number;

  @ApiProperty()
  refundedCount!: number;

  @ApiProperty({ description: '`paidFen` less `refundedFen`.' })
  netFen!: number;
}

export class SummaryDay extends MoneyTotals {
  @ApiProperty({ example: '2026-11-21', description: 'A day of Beijing.' })
  date!: string;
}

class PaymentAttemptCounts {
  @ApiProperty({ description: 'Attempts to pay that were begun in this time.' })
  started!: number;

  @ApiProperty({ description: 'Of these, paid.' })
  paid!: number;

  @ApiProperty({ description: 'Of these, not yet decided: the user may be paying.' })
  open!: number;
}

class ResultSourceCounts {
  @ApiProperty({ description: 'How many payments this is about: the latest 1,000 of this time at most.' })
  payments!: number;

  @ApiProperty({ description: 'Of these, heard of first by a notice of WeChat.' })
  byNotice!: number;

  @ApiProperty({
    description: 'Of these, heard of first because we asked: without orderquery they would have been lost.',
  })
  byQuery!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Milliseconds from the payment to its notice, the middle one.',
  })
  medianNoticeDelayMs!: number | null;
}

export class SummaryView extends MoneyTotals {
  @ApiProperty({ type: String, format: 'date-time' })
  from!: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  to!: Date;

  @ApiProperty({ description: 'Refunds that wait for a decision now, whatever the time asked about.' })
  pendingRefunds!: number;

  @ApiProperty()
  pendingRefundFen!: number;

  @ApiProperty({ type: [SummaryDay], description: 'The days on which money moved, in order.' })
  days!: SummaryDay[];

  @ApiProperty({ type: PaymentAttemptCounts })
  attempts!: PaymentAttemptCounts;

  @ApiProperty({ type: ResultSourceCounts })
  heard!: ResultSourceCounts;
}

/** How many refunds, and how much money they are about. */
export class RefundCount {
  @ApiProperty()
  count!: number;

  @ApiProperty()
  amountFen!: number;
}

class PendingRefundCount extends RefundCount {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the one that waits longest was asked for.',
  })
  oldestAt!: Date | null;
}

/** What staff have to see to. */
class OrderNoView {
  @ApiProperty()
  orderNo!: string;
}

class OrderToShipView {
  @ApiProperty()
  orderNo!: string;

  @ApiProperty({ type: String, format: 'date-time', description: '48 hours after the payment.' })
  shipBy!: Date;
}

/** Goods that WeChat waits for: their money is frozen. */
export class ShippingToDoView {
  @ApiProperty({ description: 'Paid orders that have not been shipped whole.' })
  count!: number;

  @ApiProperty({ description: 'Of them, those whose 48 hours are over.' })
  overdueCount!: number;

  @ApiProperty({ type: [OrderToShipView], description: 'Those whose time is up first, at most ten.' })
  first!: OrderToShipView[];

  @ApiProperty({ description: 'Parcels of which WeChat refuses to hear: a person must look.' })
  stuckUploads!: number;

  @ApiProperty({ type: [OrderNoView], description: 'Their orders, at most ten.' })
  stuck!: OrderNoView[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When WeChat last warned the mini-program as a whole; null when it has not for a week.',
  })
  warnedAt!: Date | null;
}

class ContradictedOrderView {
  @ApiProperty()
  orderNo!: string;

  @ApiProperty({ example: 'AMOUNT_MISMATCH', description: 'The result of the newest event that contradicts.' })
  result!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;
}

class ContradictionsView {
  @ApiProperty({ description: 'Orders; `GET /admin/api/orders?problem=contradiction` lists them.' })
  count!: number;

  @ApiProperty({ type: [ContradictedOrderView], description: 'The newest first, at most ten.' })
  orders!: ContradictedOrderView[];
}

export class ToDoView {
  @ApiProperty({ type: PendingRefundCount, description: 'Refunds that wait for a decision.' })
  waiting!: PendingRefundCount;

  @ApiProperty({ type: RefundCount, description: '`ABNORMAL`: only a person can go on.' })
  abnormal!: RefundCount;

  @ApiProperty({
    type: RefundCount,
    description:
      '`FAILED` within the last 30 days, while no later refunds of the order cover them: `?status=FAILED&unresolved=true`.',
  })
  failed!: RefundCount;

  @ApiProperty({
    type: ContradictionsView,
    description: 'Orders about which WeChat said within the last 30 days what contradicts our records.',
  })
  contradictions!: ContradictionsView;

  @ApiProperty({ type: RefundCount, description: '`UNKNOWN_OUTCOME` for more than ten minutes since the decision.' })
  unknown!: RefundCount;

  @ApiProperty({ type: RefundCount, description: '`NOT_ENOUGH_FUNDS`: they go out once the account is filled.' })
  outOfFunds!: RefundCount;

  @ApiProperty({ type: RefundCount, description: 'Refunds that the shop began by itself since midnight in Beijing.' })
  automaticToday!: RefundCount;

  @ApiProperty({ description: 'Messages to buyers that a mistake in the configuration keeps from going out.' })
  stuckMessages!: number;
  @ApiProperty({ type: ShippingToDoView, nullable: true, description: 'Null with SHIPPING_UPLOAD=off.' })
  shipping!: ShippingToDoView | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Whole days that the merchant certificate is good for; null without one.',
  })
  certificateDaysLeft!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When WeChat last called us.' })
  lastNoticeAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', description: "The shop's clock, which times above are of." })
  now!: Date;

  @ApiProperty({ enum: ['simulator', 'live'] })
  wechatMode!: 'simulator' | 'live';
}
