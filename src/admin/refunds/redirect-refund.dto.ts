import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches, ValidateIf } from 'class-validator';
import { ChoiceField, TextField } from '../../common/validation/fields.js';
import { IsSingleLineText } from '../../common/validation/validation-decorators.js';
import { REDIRECT_DESTINATIONS, type RefundDestination } from '../../wechat/pay/payment-types.js';

/** WeChat's codes of banks whose debit cards it can pay to. Source: docs/wechat-protocol.md, v3 §5.5. */
const BANK_TYPES = [
  ...([
    'CMB_DEBIT',
    'COMM_DEBIT',
    'ABC_DEBIT',
    'CCB_DEBIT',
    'ICBC_DEBIT',
    'BOC_DEBIT',
    'PAB_DEBIT',
    'SPDB_DEBIT',
  ] as const),
  ...(['CITIC_DEBIT', 'CEB_DEBIT', 'CMBC_DEBIT', 'CIB_DEBIT', 'GDB_DEBIT', 'PSBC_DEBIT', 'NBCB_DEBIT'] as const),
] as const;

const isToUser = ({ to }: RedirectRefundBody): boolean => to === 'USER_BANK_CARD';

export class RedirectRefundBody {
  @ChoiceField(REDIRECT_DESTINATIONS, {
    description:
      "`MERCHANT`: the merchant's bank account: the shop must then pay the buyer in another way; `USER_BANK_CARD`: a debit card of the buyer.",
  })
  readonly to!: RefundDestination['to'];

  @ApiPropertyOptional({ enum: BANK_TYPES, description: 'Required for `USER_BANK_CARD`.' })
  @ValidateIf((body: RedirectRefundBody) => isToUser(body) || body.bankType !== undefined)
  @IsIn(BANK_TYPES)
  readonly bankType?: (typeof BANK_TYPES)[number];

  @ApiPropertyOptional({
    pattern: '^[0-9]{8,32}$',
    description: 'The card number; required for `USER_BANK_CARD`. It is sent to WeChat encrypted, and not stored.',
  })
  @ValidateIf((body: RedirectRefundBody) => isToUser(body) || body.bankAccount !== undefined)
  @Matches(/^[0-9]{8,32}$/, { message: 'bankAccount must be 8 to 32 digits' })
  readonly bankAccount?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 50,
    description:
      'The name of the card holder; required for `USER_BANK_CARD`. It is sent to WeChat encrypted, and not stored.',
  })
  @ValidateIf((body: RedirectRefundBody) => isToUser(body) || body.realName !== undefined)
  @IsSingleLineText({ max: 50 })
  readonly realName?: string;
}

export class ConfirmPaidOtherwiseBody {
  @TextField({ max: 500, description: 'How and when the buyer was paid. Shown to staff only.' })
  readonly note!: string;
}
