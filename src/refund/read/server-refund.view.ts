import { ApiProperty } from '@nestjs/swagger';
import type { Refund } from '../refund.entity.js';
import { RefundView, refundView } from './refund.view.js';

/** A refund in the server API, with the numbers that WeChat's bills use. */
export class ServerRefundView extends RefundView {
  @ApiProperty({ description: 'From 1; grows with every visible change.' })
  version!: number;

  @ApiProperty({ type: String, nullable: true, description: "The number in the merchant's own system." })
  merchantRefundNo!: string | null;

  @ApiProperty({ description: 'The refunded payment.' })
  outTradeNo!: string;

  @ApiProperty({ description: "WeChat's payment number." })
  transactionId!: string;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's refund number." })
  wechatRefundId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The id of the staff member or API key.' })
  decidedBy!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "Error code of WeChat's last refusal." })
  errorCode!: string | null;
}

export function serverRefundView(refund: Refund): ServerRefundView {
  const { version, merchantRefundNo, outTradeNo, transactionId, wechatRefundId, decidedBy, errorCode } = refund;
  return {
    ...refundView(refund),
    version,
    merchantRefundNo,
    outTradeNo,
    transactionId,
    wechatRefundId,
    decidedBy,
    errorCode,
  };
}
