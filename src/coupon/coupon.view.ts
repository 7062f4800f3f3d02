import { ApiProperty } from '@nestjs/swagger';
import type { Coupon } from './coupon.entity.js';

export const COUPON_STATUSES = ['AVAILABLE', 'RESERVED', 'USED', 'EXPIRED'] as const;
/** `RESERVED`: its order is not paid yet · `USED`: its order is paid · `EXPIRED`: it was not used in time. */
export type CouponStatus = (typeof COUPON_STATUSES)[number];

/** Fields of all views of a coupon. Amounts in fen, times in UTC. */
export class CouponTermsView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: '满 20 减 5' })
  name!: string;

  @ApiProperty({ description: 'Discount in fen. At least one fen of an order is left to pay.' })
  discountFen!: number;

  @ApiProperty({ description: "Minimum sum of the order's lines in fen, before the discount. 0: no minimum." })
  minSpendFen!: number;

  @ApiProperty({ type: String, format: 'date-time', description: 'From this time on, no order can be placed with it.' })
  expiresAt!: Date;
}

export function couponTermsView({ couponId, name, discountFen, minSpendFen, expiresAt }: Coupon): CouponTermsView {
  return { id: couponId, name, discountFen, minSpendFen, expiresAt };
}
