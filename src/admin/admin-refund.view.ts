import { ApiProperty } from '@nestjs/swagger';
import type { Refund } from '../refund/refund.entity.js';
import { RefundView, refundView } from '../refund/refund.view.js';

class ReturnItemView {
  @ApiProperty()
  productId!: string;

  @ApiProperty()
  quantity!: number;
}

/** A refund as staff see it. */
export class AdminRefundView extends RefundView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({ description: 'Fen asked for; `amountFen` is less when staff approved less.' })
  requestedFen!: number;

  @ApiProperty()
  outTradeNo!: string;

  @ApiProperty({ description: "WeChat's number of the payment." })
  transactionId!: string;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's number of the refund." })
  wechatRefundId!: string | null;

  @ApiProperty({ description: 'Money beyond what the order cost, such as a second payment.' })
  isSurplus!: boolean;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({
    ...{ type: Boolean, nullable: true },
    description:
      'True: the whole order returns to stock. False: nothing but `returnItems`. Null: what is left of the order returns ' +
      'when all of the money is back and nothing was shipped.',
  })
  returnStock!: boolean | null;

  @ApiProperty({
    type: [ReturnItemView],
    description: 'Pieces that return to stock with it: reserved when it is decided, back when it succeeds.',
  })
  returnItems!: ReturnItemView[];

  @ApiProperty({
    ...{ type: Boolean, nullable: true },
    description: 'Whether the coupon returns when all of the money is back. Null: it does when nothing was shipped.',
  })
  returnCoupon!: boolean | null;

  @ApiProperty({ type: String, nullable: true, description: "The member of staff's id." })
  decidedBy!: string | null;

  @ApiProperty({ description: 'How often it was sent to WeChat, always under the same number.' })
  sendCount!: number;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's last refusal." })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When WeChat took it on.' })
  acceptedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is sent or asked about next.',
  })
  nextCheckAt!: Date | null;
}

export function adminRefundView(refund: Refund): AdminRefundView {
  const {
    userId,
    requestedFen,
    outTradeNo,
    transactionId,
    wechatRefundId,
    isOverpayment: isSurplus,
    note,
    returnStock,
  } = refund;
  const { returnItems = [], returnCoupon } = refund;
  const { decidedBy, sendCount, errorCode, errorMessage, acceptedAt, nextCheckAt } = refund;
  return {
    ...refundView(refund),
    ...{ userId, requestedFen, outTradeNo, transactionId, wechatRefundId, isSurplus, note, returnStock },
    ...{ returnItems: returnItems.map(({ productId, quantity }) => ({ productId, quantity })), returnCoupon },
    ...{ decidedBy, sendCount, errorCode, errorMessage, acceptedAt, nextCheckAt },
  };
}
