import { ApiProperty } from '@nestjs/swagger';
import { ApiTimeOrNull } from '../common/time/api-time.js';
import { type Bill, BILL_FILE_STATES, type BillFileState, BILL_STATUSES, type BillStatus } from './bill.entity.js';

/** Number of payments or refunds and their sum. */
export class BillSumView {
  @ApiProperty()
  count!: number;

  @ApiProperty()
  fen!: number;
}

/** A Beijing day in the lists of bills. Amounts in fen. */
export class BillView {
  @ApiProperty({ example: '2026-11-21', description: "A Beijing day, by WeChat's time of the payment or refund." })
  date!: string;

  @ApiProperty({
    enum: BILL_STATUSES,
    description:
      '`WAITING`: WeChat has no bill of the day yet. `BALANCED`: no difference is open. `INCOMPLETE`: the file does not ' +
      'add up to its totals row, or its hash is wrong.',
  })
  status!: BillStatus;

  @ApiProperty({ type: BillSumView, description: "Payments on WeChat's bill." })
  payments!: BillSumView;

  @ApiProperty({ type: BillSumView, description: "Refunds on WeChat's bill, as they were requested." })
  refunds!: BillSumView;

  @ApiProperty({ description: 'Fees of the payments minus the fees that WeChat gave back with refunds.' })
  feesFen!: number;

  @ApiProperty({ type: BillSumView, description: 'Payments in our records, at the last comparison.' })
  ourPayments!: BillSumView;

  @ApiProperty({ type: BillSumView, description: 'Refunds in our records, at the last comparison.' })
  ourRefunds!: BillSumView;

  @ApiProperty()
  openDifferences!: number;

  @ApiProperty({
    description:
      'Entries near midnight that may be on the bill of a neighbouring day. They become differences only after that bill.',
  })
  waitingEntries!: number;

  @ApiProperty({ description: 'Whether `GET …/file?kind=trade` has a file.' })
  hasTradeFile!: boolean;

  @ApiProperty({ description: 'Whether `GET …/file?kind=fund` has a file.' })
  hasFundFile!: boolean;

  @ApiProperty({ enum: BILL_FILE_STATES, nullable: true, description: 'The last download of the trade bill.' })
  tradeState!: BillFileState | null;

  @ApiProperty({ enum: BILL_FILE_STATES, nullable: true, description: 'The last download of the fund-flow bill.' })
  fundState!: BillFileState | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why the day is INCOMPLETE, or why the last download failed. One English sentence.',
  })
  problem!: string | null;

  @ApiTimeOrNull()
  downloadedAt!: Date | null;

  @ApiTimeOrNull()
  reconciledAt!: Date | null;
}

export function billView(bill: Bill): BillView {
  const { date, status, feesFen, openDifferences, waitingEntries, tradeState, fundState, problem } = bill;
  return {
    date,
    status,
    payments: { count: bill.paymentCount, fen: bill.paymentFen },
    refunds: { count: bill.refundCount, fen: bill.refundFen },
    feesFen,
    ourPayments: { count: bill.ourPaymentCount, fen: bill.ourPaymentFen },
    ourRefunds: { count: bill.ourRefundCount, fen: bill.ourRefundFen },
    openDifferences,
    waitingEntries,
    hasTradeFile: bill.tradeFileId !== null,
    hasFundFile: bill.fundFileId !== null,
    tradeState,
    fundState,
    problem,
    downloadedAt: bill.downloadedAt,
    reconciledAt: bill.reconciledAt,
  };
}
