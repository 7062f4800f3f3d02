import { ApiProperty } from '@nestjs/swagger';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import { FromFilter, ToFilter } from '../../common/paging/list-filters.js';

export class SummaryQuery {
  @FromFilter('Default: the last 30 Beijing days, including today. Payments and refunds that happened')
  readonly from?: string;

  @ToFilter('Default: the end of today in Beijing. Payments and refunds that happened')
  readonly to?: string;
}

/** Totals of a period. Amounts in fen. */
class MoneyTotals {
  @ApiProperty({ description: 'Fen paid at WeChat, including late and duplicate payments.' })
  paidFen!: number;

  @ApiProperty()
  paidCount!: number;

  @ApiProperty({
    description:
      'Fen refunded, by the time of success that WeChat stated, or the time of the result if it stated none.',
  })
  refundedFen!: number;

  @ApiProperty()
  refundedCount!: number;

  @ApiProperty({ description: '`paidFen` minus `refundedFen`.' })
  netFen!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      "WeChat's fees by its bills: of the payments, minus those given back with refunds. Null without a bill of any day. Days " +
      'whose bill is not there yet are not included: `daysWithoutBill`.',
  })
  feesFen!: number | null;
}

export class SummaryDay extends MoneyTotals {
  @ApiProperty({ example: '2026-11-21', description: 'A Beijing day.' })
  date!: string;
}

class PaymentAttemptCounts {
  @ApiProperty({ description: 'Payment attempts created in this period.' })
  started!: number;

  @ApiProperty({ description: 'Number of these attempts that are paid.' })
  paid!: number;

  @ApiProperty({ description: 'Number of these attempts without a final result: the user may still be paying.' })
  open!: number;
}

class ResultSourceCounts {
  @ApiProperty({ description: 'Number of payments in this statistic: at most the latest 1,000 of the period.' })
  payments!: number;

  @ApiProperty({ description: 'Number of these payments whose first result came from a WeChat notice.' })
  byNotice!: number;

  @ApiProperty({
    description:
      'Number of these payments whose first result came from a query of a job, a buyer or staff, before any notice.',
  })
  byQuery!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Median time from the payment to its notice, in milliseconds.',
  })
  medianNoticeDelayMs!: number | null;
}

export class SummaryView extends MoneyTotals {
  @ApiTime()
  from!: Date;

  @ApiTime()
  to!: Date;

  @ApiProperty({ description: 'Refunds that wait for a decision now, independent of the period.' })
  pendingRefunds!: number;

  @ApiProperty()
  pendingRefundFen!: number;

  @ApiProperty({ description: 'Number of `days` whose fees are not known, because their bill is not reconciled.' })
  daysWithoutBill!: number;

  @ApiProperty({ type: [SummaryDay], description: 'The days with payments or refunds, in order.' })
  days!: SummaryDay[];

  @ApiProperty({ type: PaymentAttemptCounts })
  attempts!: PaymentAttemptCounts;

  @ApiProperty({ type: ResultSourceCounts })
  resultSources!: ResultSourceCounts;
}

/** Number and total amount of refunds. */
export class RefundCount {
  @ApiProperty()
  count!: number;

  @ApiProperty()
  amountFen!: number;
}

class PendingRefundCount extends RefundCount {
  @ApiTimeOrNull('When the oldest of them was requested.')
  oldestAt!: Date | null;
}

class OrderNoView {
  @ApiProperty()
  orderNo!: string;
}

class OrderToShipView {
  @ApiProperty()
  orderNo!: string;

  @ApiTime('48 hours after the payment.')
  shipBy!: Date;
}

/** Orders to ship. WeChat holds the money of an order until its shipping information is uploaded. */
export class ShippingToDoView {
  @ApiProperty({ description: 'Paid orders that are not completely shipped.' })
  count!: number;

  @ApiProperty({ description: 'Number of these orders whose 48 hours are over.' })
  overdueCount!: number;

  @ApiProperty({ type: [OrderToShipView], description: 'The orders with the earliest deadline, at most ten.' })
  first!: OrderToShipView[];

  @ApiProperty({ description: 'Shipments whose upload WeChat refuses: staff must act.' })
  stuckUploads!: number;

  @ApiProperty({ type: [OrderNoView], description: 'The orders of these shipments, at most ten.' })
  stuck!: OrderNoView[];

  @ApiTimeOrNull(
    'When WeChat last sent a warning about the whole mini-program; null without a warning in the last week.',
  )
  warnedAt!: Date | null;
}

class ContradictedOrderView {
  @ApiProperty()
  orderNo!: string;

  @ApiProperty({ example: 'AMOUNT_MISMATCH', description: 'The result of the newest contradicting event.' })
  result!: string;

  @ApiTime()
  at!: Date;
}

class ContradictionsView {
  @ApiProperty({ description: 'Number of orders. `GET /admin/api/orders?problem=contradiction` lists them.' })
  count!: number;

  @ApiProperty({ type: [ContradictedOrderView], description: 'Newest first, at most ten.' })
  orders!: ContradictedOrderView[];
}

class EventsToDoView {
  @ApiProperty({ description: 'Event endpoints that are disabled because the receiver answered 410.' })
  disabledEndpoints!: number;

  @ApiProperty({ description: 'Deliveries of events that `FAILED` after all attempts in the last 30 days.' })
  failedDeliveries!: number;
}

class BillsToDoView {
  @ApiProperty({ description: 'Days of the last three months with open differences or an incomplete file.' })
  days!: number;

  @ApiProperty({ description: 'Their open differences.' })
  openDifferences!: number;

  @ApiProperty({ type: String, nullable: true, example: '2026-11-21', description: 'The oldest of these days.' })
  firstDate!: string | null;

  @ApiProperty({ description: 'True from noon in Beijing while the bill of yesterday is not `BALANCED`.' })
  isYesterdayOpen!: boolean;
}

export class ToDoView {
  @ApiProperty({ type: PendingRefundCount, description: 'Refunds that wait for a decision.' })
  waiting!: PendingRefundCount;

  @ApiProperty({ type: RefundCount, description: '`ABNORMAL` refunds: staff must act.' })
  abnormal!: RefundCount;

  @ApiProperty({
    type: RefundCount,
    description:
      'Refunds that `FAILED` in the last 30 days and are not covered by later refunds of the same payment: ' +
      '`?status=FAILED&unresolved=true`.',
  })
  failed!: RefundCount;

  @ApiProperty({
    type: RefundCount,
    description:
      'Refunds whose money came back to the merchant: staff pay the buyer in another way and confirm it: `?toPayOtherwise=true`.',
  })
  toPayOtherwise!: RefundCount;

  @ApiProperty({
    type: ContradictionsView,
    description: 'Orders with WeChat results of the last 30 days that contradict our records.',
  })
  contradictions!: ContradictionsView;

  @ApiProperty({
    type: RefundCount,
    description: 'Refunds with `UNKNOWN_OUTCOME` for more than ten minutes after the decision.',
  })
  unknown!: RefundCount;

  @ApiProperty({
    type: RefundCount,
    description: 'Refunds with `NOT_ENOUGH_FUNDS`: they are sent once the merchant account has enough money.',
  })
  outOfFunds!: RefundCount;

  @ApiProperty({ type: RefundCount, description: 'Automatic refunds since midnight in Beijing.' })
  automaticToday!: RefundCount;

  @ApiProperty({ description: 'Subscribe messages to buyers that a configuration error keeps from being sent.' })
  stuckMessages!: number;

  @ApiProperty({ type: EventsToDoView, description: 'Events for the systems of the merchant.' })
  events!: EventsToDoView;

  @ApiProperty({ type: BillsToDoView, description: "Differences between WeChat's bills and our records." })
  bills!: BillsToDoView;

  @ApiProperty({ type: ShippingToDoView, nullable: true, description: 'Null with SHIPPING_UPLOAD=off.' })
  shipping!: ShippingToDoView | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Whole days until the merchant certificate expires; null without a certificate.',
  })
  certificateDaysLeft!: number | null;

  @ApiTimeOrNull('When the last valid WeChat notice arrived.')
  lastNoticeAt!: Date | null;

  @ApiTime('The current time of the service.')
  now!: Date;

  @ApiProperty({ enum: ['simulator', 'live'] })
  wechatMode!: 'simulator' | 'live';
}
