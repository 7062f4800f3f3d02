import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { BillView, billView } from '../../bill/bill.view.js';
import type { Bill } from '../../bill/bill.entity.js';
import type { BridgeSum } from '../../bill/bill-query.service.js';
import {
  type BillDifference,
  DIFFERENCE_KINDS,
  DIFFERENCE_STATUSES,
  type DifferenceEntryType,
  type DifferenceKind,
  type DifferenceStatus,
  ENTRY_TYPES,
  type Resolution,
  RESOLUTIONS,
} from '../../bill/difference/bill-difference.entity.js';
import { IfDefined } from '../../common/if-defined.js';
import { FromFilter, ToFilter } from '../../common/paging/list-filters.js';
import { CountedPageQuery } from '../../common/paging/paging.js';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import { ChoiceField, TextField } from '../../common/validation/fields.js';

export class BillQuery extends CountedPageQuery {
  @FromFilter('Days')
  readonly from?: string;

  @ToFilter('Days')
  readonly to?: string;
}

export class DifferenceQuery extends CountedPageQuery {
  @ApiPropertyOptional({ enum: DIFFERENCE_STATUSES })
  @IfDefined()
  @IsIn(DIFFERENCE_STATUSES)
  readonly status?: DifferenceStatus;
}

export class BillFileQuery {
  @ChoiceField(['trade', 'fund'], { description: '`trade`: payments and refunds. `fund`: movements of the account.' })
  readonly kind!: 'trade' | 'fund';
}

export class ExplainDifferenceBody {
  @TextField({ max: 500, description: 'Visible to staff only.' })
  readonly note!: string;
}

/** A difference between WeChat's bill and our records. Amounts in fen. */
export class BillDifferenceView {
  @ApiProperty()
  id!: number;

  @ApiProperty({
    enum: DIFFERENCE_KINDS,
    description:
      '`MISSING_HERE`: only WeChat has it. `MISSING_THERE`: only we have it. `AMOUNT`, `STATUS`: both have it, with another ' +
      'amount or state. `FEE`: the fee differs from its rate by more than rounding. `FUND_FLOW`: the closing balance does ' +
      "not follow from the opening balance and the day's movements.",
  })
  kind!: DifferenceKind;

  @ApiProperty({ enum: ENTRY_TYPES, description: '`DAY`: the difference is about the whole day.' })
  entryType!: DifferenceEntryType;

  @ApiProperty({ type: String, nullable: true })
  outTradeNo!: string | null;

  @ApiProperty({ type: String, nullable: true })
  outRefundNo!: string | null;

  @ApiProperty({ type: String, nullable: true })
  transactionId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The order in our records; null when it belongs to none.' })
  orderNo!: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'FEE: the fee by the rate. FUND_FLOW: the balance that follows from our side. Null when we have no such entry.',
  })
  oursFen!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  theirsFen!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'The state of our payment or refund.' })
  ourState!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      "The state on WeChat's bill, as of its creation. For a refund in a state that the service does not know: WeChat's own word.",
  })
  theirState!: string | null;

  @ApiTimeOrNull('The time of the payment, or at which WeChat accepted the refund.')
  at!: Date | null;

  @ApiProperty({
    enum: DIFFERENCE_STATUSES,
    description: '`RESOLVED`: it has gone by itself. `EXPLAINED`: by a person.',
  })
  status!: DifferenceStatus;

  @ApiProperty({
    enum: RESOLUTIONS,
    nullable: true,
    description:
      'How it was resolved. `PAYMENT_LATE`: the payment was recorded, and is refunded or has reopened its order.',
  })
  resolution!: Resolution | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The username at that time.' })
  explainedBy!: string | null;

  @ApiTime()
  createdAt!: Date;

  @ApiTimeOrNull('When it was resolved or explained.')
  endedAt!: Date | null;
}

export function billDifferenceView(difference: BillDifference): BillDifferenceView {
  const { id, kind, entryType, outTradeNo, outRefundNo, transactionId, orderNo, oursFen, theirsFen } = difference;
  const { ourState, theirState, entryAt, status, resolution, note, explainedBy, createdAt, endedAt } = difference;
  if (status === 'WAITING') throw new Error(`Difference ${id} still waits for another bill.`);
  return {
    id,
    kind,
    entryType,
    outTradeNo,
    outRefundNo,
    transactionId,
    orderNo,
    oursFen,
    theirsFen,
    ourState,
    theirState,
    at: entryAt,
    status,
    resolution,
    note,
    explainedBy,
    createdAt,
    endedAt,
  };
}

/** One step from our total to WeChat's. */
class BillBridgeLine {
  @ApiProperty({
    enum: [...DIFFERENCE_KINDS, 'OTHER_DAYS'],
    description: '`OTHER_DAYS`: entries that one side counts on a neighbouring day.',
  })
  kind!: DifferenceKind | 'OTHER_DAYS';

  @ApiProperty({ type: Number, nullable: true, description: 'Number of differences; null for `OTHER_DAYS`.' })
  count!: number | null;

  @ApiProperty()
  fen!: number;
}

/** Leads from our total of the day to WeChat's: payments minus refunds. */
class BillBridgeView {
  @ApiProperty()
  oursFen!: number;

  @ApiProperty({
    type: [BillBridgeLine],
    description: 'Without lines of 0 fen. `oursFen` plus all lines is `theirsFen`.',
  })
  lines!: BillBridgeLine[];

  @ApiProperty()
  theirsFen!: number;
}

/** The merchant account at WeChat. */
class BillFundsView {
  @ApiProperty({ type: Number, nullable: true })
  openingFen!: number | null;

  @ApiProperty({ description: 'Settled payments minus settled refunds minus fees, of this bill.' })
  settledFen!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Movements that are neither payments, refunds nor their fees. Withdrawals are negative.',
  })
  otherMovementsFen!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  closingFen!: number | null;
}

/** A Beijing day with its bridge. */
export class BillDetailView extends BillView {
  @ApiProperty({ type: BillBridgeView })
  bridge!: BillBridgeView;

  @ApiProperty({ type: BillFundsView, description: 'From the fund-flow bill; null amounts without it.' })
  funds!: BillFundsView;

  @ApiProperty({ description: 'True while an instance works on the day. After a crash, until another one continues.' })
  isInProgress!: boolean;

  @ApiTimeOrNull('When the job works on the day again; null when nothing is left to do, or with `BILL_DOWNLOAD=off`.')
  nextCheckAt!: Date | null;
}

/** @param isJobOn whether the job works on days by itself. */
export function billDetailView(bill: Bill, sums: readonly BridgeSum[], isJobOn: boolean): BillDetailView {
  const { otherDaysFen, openingFen, settledFen, otherMovementsFen, closingFen, leaseUntil, nextCheckAt } = bill;
  const lines: BillBridgeLine[] = sums
    .filter(({ fen }) => fen !== 0)
    .map(({ kind, count, fen }) => ({ kind, count, fen }));
  if (otherDaysFen !== 0) lines.push({ kind: 'OTHER_DAYS', count: null, fen: otherDaysFen });
  const bridge = {
    oursFen: bill.ourPaymentFen - bill.ourRefundFen,
    lines,
    theirsFen: bill.paymentFen - bill.refundFen,
  };
  return {
    ...billView(bill),
    bridge,
    funds: { openingFen, settledFen, otherMovementsFen, closingFen },
    isInProgress: leaseUntil !== null,
    nextCheckAt: isJobOn ? nextCheckAt : null,
  };
}
