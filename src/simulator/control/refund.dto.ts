import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsUrl, Matches, Max, Min } from 'class-validator';
import type { RefundEnd } from '../state/wechat-refund.js';
import { IfGiven } from './if-given.js';

const ENDS = ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const;

export class RefundStateRequest {
  @ApiProperty({ enum: ENDS, description: 'From PROCESSING any; from CHANGE only SUCCESS' })
  @IsIn(ENDS)
  state!: RefundEnd;
}

export class VendorRefundRequest {
  @ApiProperty()
  @IsInt()
  @Min(1)
  @Max(10_000_000_000)
  refundFen!: number;

  @ApiPropertyOptional({ description: 'Made up when absent' })
  @IfGiven()
  @Matches(/^[0-9A-Za-z_\-|*@]{1,64}$/)
  out_refund_no?: string;

  @ApiPropertyOptional({ description: 'Default: the refundNotifyUrl of PUT /_control/merchant' })
  @IfGiven()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  notify_url?: string;
}
