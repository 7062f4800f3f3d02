import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { OrderListQuery } from '../order/order.dto.js';
import { REFUND_STATUSES, type RefundStatus } from '../order/order.entity.js';

export class AdminOrderQuery extends OrderListQuery {
  @ApiPropertyOptional({ enum: REFUND_STATUSES })
  @IsOptional()
  @IsIn(REFUND_STATUSES)
  readonly refundStatus?: RefundStatus;

  @ApiPropertyOptional({
    description: "Any number a person may hold: orderNo, outTradeNo, transactionId, refundNo, WeChat's refund id.",
  })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  readonly q?: string;

  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly withTotal?: boolean;
}
