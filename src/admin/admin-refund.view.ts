import { ApiProperty } from '@nestjs/swagger';
import type { Refund } from '../refund/refund.entity.js';
import { RefundView, refundView } from '../refund/refund.view.js';

class ReturnItemView {
  @ApiProperty()
  productId!: string;

  @ApiProperty()
  quantity!: number;
}

/** A refund in the admin API. */
export class AdminRefundView extends RefundView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({ description: 'Requested amount in fen. `amountFen` is lower when staff approved less.' })
  requestedFen!: number;

  @ApiProperty()
  outTradeNo!: string;

  @ApiProperty({ description: "WeChat's payment number." })
  transactionId!: string;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's refund number." })
  wechatRefundId!: string | null;

  @ApiProperty({ description: 'True for money beyond the price of the order, such as a second payment.' })
  isOverpayment!: boolean;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({
    ...{ type: Boolean, nullable: true },
    description:
      'True: the whole order returns to stock. False: only `returnItems` return. Null: the rest of the order returns ' +
      'once it is fully refunded and nothing was shipped.',
  })
  returnStock!: boolean | null;

  @ApiProperty({
    type: [ReturnItemView],
    description: 'Pieces that return to stock: chosen when the refund is decided, returned when it succeeds.',
  })
  returnItems!: ReturnItemView[];

  @ApiProperty({
    ...{ type: Boolean, nullable: true },
    description:
      'Whether the coupon returns once the order is fully refunded. Null: it returns if nothing was shipped.',
  })
  returnCoupon!: boolean | null;

  @ApiProperty({ type: String, nullable: true, description: "The staff member's id." })
  decidedBy!: string | null;

  @ApiProperty({ description: 'How many times it was sent to WeChat, always under the same number.' })
  sendCount!: number;

  @ApiProperty({ type: String, nullable: true, description: "Error code of WeChat's last refusal." })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When WeChat accepted it.' })
  acceptedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is next sent or queried.',
  })
  nextCheckAt!: Date | null;
}

export function adminRefundView(refund: Refund): AdminRefundView {
  const { userId, requestedFen, outTradeNo, transactionId, wechatRefundId, isOverpayment, note, returnStock } = refund;
  const { returnItems = [], returnCoupon } = refund;
  const { decidedBy, sendCount, errorCode, errorMessage, acceptedAt, nextCheckAt } = refund;
  return {
    ...refundView(refund),
    ...{ userId, requestedFen, outTradeNo, transactionId, wechatRefundId, isOverpayment, note, returnStock },
    ...{ returnItems: returnItems.map(({ productId, quantity }) => ({ productId, quantity })), returnCoupon },
    ...{ decidedBy, sendCount, errorCode, errorMessage, acceptedAt, nextCheckAt },
  };
}
