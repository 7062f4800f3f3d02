import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsUrl, Matches, Max, Min } from 'class-validator';
import type { FinalRefundStatus } from '../state/wechat-refund.js';
import { IfGiven } from './if-given.js';

const FINAL_STATUSES = ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const;

export class RefundStateRequest {
  @ApiProperty({ enum: FINAL_STATUSES, description: 'From PROCESSING: any; from CHANGE: only SUCCESS' })
  @IsIn(FINAL_STATUSES)
  state!: FinalRefundStatus;
}

export class VendorRefundRequest {
  @ApiProperty()
  @IsInt()
  @Min(1)
  @Max(10_000_000_000)
  refundFen!: number;

  @ApiPropertyOptional({ description: 'Generated when absent' })
  @IfGiven()
  @Matches(/^[0-9A-Za-z_\-|*@]{1,64}$/)
  out_refund_no?: string;

  @ApiPropertyOptional({ description: 'Default: the refundNotifyUrl of PUT /_control/merchant' })
  @IfGiven()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  notify_url?: string;
}
