import { ApiProperty } from '@nestjs/swagger';
import type { Coupon } from './coupon.entity.js';

export const COUPON_STATUSES = ['AVAILABLE', 'RESERVED', 'USED', 'EXPIRED'] as const;
/** `RESERVED` by an order that is not paid yet · `USED` by one that is · `EXPIRED` without having been used. */
export type CouponStatus = (typeof COUPON_STATUSES)[number];

/** What every view of a coupon says. Amounts in fen, instants in UTC. */
export class CouponTermsView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: '满 20 减 5' })
  name!: string;

  @ApiProperty({ description: 'Fen that it takes off. The last fen of an order is never taken.' })
  discountFen!: number;

  @ApiProperty({ description: "Fen that the order's lines must come to, before the discount. 0 for no minimum." })
  minSpendFen!: number;

  @ApiProperty({ type: String, format: 'date-time', description: 'No order can be placed with it from then on.' })
  expiresAt!: Date;
}

export function couponTermsView({ couponId, name, discountFen, minSpendFen, expiresAt }: Coupon): CouponTermsView {
  return { id: couponId, name, discountFen, minSpendFen, expiresAt };
}
