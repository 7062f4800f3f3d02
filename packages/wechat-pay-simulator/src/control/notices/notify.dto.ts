import { IntegerField, NumberField, ChoiceField, IfDefined } from '../../field-decorators.js';
import { v3ForgeriesOf } from '../../v3/notices/v3-forgeries.js';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { PAYMENT_FORGERIES } from '../../v2/notices/payment-forgeries.js';
import { REFUND_FORGERIES } from '../../v2/notices/refund-forgeries.js';
import { V1_FORGERIES } from '../../v1/v1-forgeries.js';
import type { SignType } from '../../v2/wire/signer.js';
import { SIGN_TYPES } from '../../v2/wire/signer.js';

const ALL_PAYMENT_FORGERIES = [...new Set([...PAYMENT_FORGERIES, ...V1_FORGERIES, ...v3ForgeriesOf('notice')])];
const ALL_REFUND_FORGERIES = [...new Set([...REFUND_FORGERIES, ...v3ForgeriesOf('refund-notice')])];

/** A notice that is sent by hand, outside the schedule. */
export class NotifyRequest {
  @IntegerField(1, 100, { optional: true, default: 1, description: 'Number of notices, sent one after the other' })
  times?: number;

  @IntegerField(1, 50, { optional: true, default: 1, description: 'Number of notices sent at the same time' })
  connections?: number;

  @NumberField(0, 864_000, {
    optional: true,
    description:
      'Virtual seconds to wait before sending; the response then comes at once, without waiting for responses',
  })
  delaySeconds?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Additional elements, or replacements for existing ones; they are signed or encrypted',
  })
  @IfDefined()
  @IsObject()
  extra?: Record<string, unknown>;
}

export class PaymentNotifyRequest extends NotifyRequest {
  @ChoiceField(ALL_PAYMENT_FORGERIES, {
    optional: true,
    description: 'The defect of a forged notice; also works for unpaid orders. Each protocol has its own forgeries',
  })
  forge?: string;

  @ChoiceField(SIGN_TYPES, { optional: true, description: 'Used instead of the sign_type of the order' })
  signType?: SignType;
}

export class RefundNotifyRequest extends NotifyRequest {
  @ChoiceField(ALL_REFUND_FORGERIES, {
    optional: true,
    description: 'The defect of a forged notice; also works for refunds that are not finished',
  })
  forge?: string;
}
