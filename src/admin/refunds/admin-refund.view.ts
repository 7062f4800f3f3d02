import { ApiProperty } from '@nestjs/swagger';
import { ApiTimeOrNull } from '../../common/time/api-time.js';
import { ErrorText, findErrorText } from '../../common/error-text.js';
import type { Refund } from '../../refund/refund.entity.js';
import { serverRefundView, ServerRefundView } from '../../refund/read/server-refund.view.js';
import { REFUND_ERROR_TEXTS } from '../../refund/rules/refund-errors.js';
import type { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import { REDIRECT_DESTINATIONS, type RefundDestination } from '../../wechat/pay/payment-types.js';

class ReturnItemView {
  @ApiProperty()
  productId!: string;

  @ApiProperty()
  quantity!: number;
}

/** A refund in the admin API. */
export class AdminRefundView extends ServerRefundView {
  @ApiProperty({ type: String, nullable: true, description: 'Null for a payment order.' })
  userId!: string | null;

  @ApiProperty({ description: 'Requested amount in fen. `amountFen` is lower when staff approved less.' })
  requestedFen!: number;

  @ApiProperty({ description: 'True for money beyond the price of the order, such as a second payment.' })
  isOverpayment!: boolean;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    description:
      'True: the whole order returns to stock. False: only `returnItems` return. Null: the rest of the order returns ' +
      'once it is fully refunded and nothing was shipped.',
  })
  returnStock!: boolean | null;

  @ApiProperty({
    type: [ReturnItemView],
    description: 'Units that return to stock: chosen when the refund is decided, returned when it succeeds.',
  })
  returnItems!: ReturnItemView[];

  @ApiProperty({
    type: Boolean,
    nullable: true,
    description:
      'Whether the coupon returns once the order is fully refunded. Null: it returns if nothing was shipped.',
  })
  returnCoupon!: boolean | null;

  @ApiProperty({ description: 'How many times it was sent to WeChat, always under the same number.' })
  sendCount!: number;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ type: ErrorText, nullable: true, description: 'What `errorCode` means; null for an unknown code.' })
  errorText!: ErrorText | null;

  @ApiProperty({
    enum: REDIRECT_DESTINATIONS,
    nullable: true,
    description:
      'Where staff send the money of an `ABNORMAL` refund. Null unless WeChat accepted it, or may have accepted it.',
  })
  redirectTo!: RefundDestination['to'] | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How the buyer was paid in another way, see `paidOtherwiseAt`.',
  })
  paidOtherwiseNote!: string | null;

  @ApiTimeOrNull('When WeChat accepted it.')
  acceptedAt!: Date | null;

  @ApiTimeOrNull('When it is next sent or queried.')
  nextCheckAt!: Date | null;
}

/** @param providers explain WeChat's error codes. */
export function adminRefundView(refund: Refund, providers: PaymentProviderRegistry): AdminRefundView {
  const { userId, requestedFen, isOverpayment, note, returnStock, returnItems = [], returnCoupon } = refund;
  const { sendCount, errorCode, errorMessage, redirectTo, paidOtherwiseNote, acceptedAt, nextCheckAt } = refund;
  return {
    ...serverRefundView(refund),
    userId,
    requestedFen,
    isOverpayment,
    note,
    returnStock,
    returnItems: returnItems.map(({ productId, quantity }) => ({ productId, quantity })),
    returnCoupon,
    sendCount,
    errorMessage,
    errorText: findErrorText(REFUND_ERROR_TEXTS, errorCode ?? '') ?? providers.explain(refund.channel, errorCode),
    redirectTo,
    paidOtherwiseNote,
    acceptedAt,
    nextCheckAt,
  };
}
