import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsObject, Max, Min } from 'class-validator';
import { PAYMENT_FORGERIES } from '../notices/payment-forgeries.js';
import { REFUND_FORGERIES } from '../notices/refund-forgeries.js';
import { V1_FORGERIES } from '../notices/v1-forgeries.js';
import type { SignType } from '../wire/signer.js';
import { SIGN_TYPES } from '../wire/signer.js';
import { IfGiven } from './if-given.js';

const ALL_PAYMENT_FORGERIES = [...new Set([...PAYMENT_FORGERIES, ...V1_FORGERIES])];

/** A notice that is sent by hand, outside the schedule. */
export class NotifyRequest {
  @ApiPropertyOptional({ default: 1, description: 'Number of notices, sent one after the other' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(100)
  times?: number;

  @ApiPropertyOptional({ default: 1, description: 'Number of notices sent at the same time' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(50)
  connections?: number;

  @ApiPropertyOptional({
    description: 'Virtual seconds to wait before sending; the response then comes at once, without replies',
  })
  @IfGiven()
  @IsNumber()
  @Min(0)
  @Max(864_000)
  delaySeconds?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Additional elements, or replacements for existing ones; they are signed or encrypted',
  })
  @IfGiven()
  @IsObject()
  extra?: Record<string, unknown>;
}

export class PaymentNotifyRequest extends NotifyRequest {
  @ApiPropertyOptional({
    enum: ALL_PAYMENT_FORGERIES,
    description:
      'The defect of a forged notice; also works for unpaid orders. v1 orders have other forgeries than v2 orders',
  })
  @IfGiven()
  @IsIn(ALL_PAYMENT_FORGERIES)
  forge?: string;

  @ApiPropertyOptional({ enum: SIGN_TYPES, description: 'Used instead of the sign_type of the order' })
  @IfGiven()
  @IsIn(SIGN_TYPES)
  signType?: SignType;
}

export class RefundNotifyRequest extends NotifyRequest {
  @ApiPropertyOptional({
    enum: REFUND_FORGERIES,
    description: 'The defect of a forged notice; also works for refunds that are not finished',
  })
  @IfGiven()
  @IsIn(REFUND_FORGERIES)
  forge?: string;
}
