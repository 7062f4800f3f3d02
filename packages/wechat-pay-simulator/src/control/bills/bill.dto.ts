import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsDate } from 'class-validator';
import { Type } from 'class-transformer';
import type { ChangedBills } from '../../bills/bill-change.js';
import { CHANGED_BILLS } from '../../bills/bill-change.js';
import type { BillKind, DeliverySettings } from '../../bills/bill-delivery.js';
import { AVAILABILITIES, BILL_KINDS, DAMAGES } from '../../bills/bill-delivery.js';
import { ChoiceField, IfDefined, IntegerField, PatternField, TextField } from '../../field-decorators.js';
import type { WechatRefundStatus } from '../../book/wechat-refund.js';
import { WECHAT_REFUND_STATUSES } from '../../book/wechat-refund.js';

const MAX_FEN = 10_000_000_000;
const ORDER_NUMBER = /^[0-9A-Za-z_\-|*@]{6,32}$/;

export class DeliveryRequest {
  @ChoiceField(BILL_KINDS, { optional: true, description: 'Default: both' })
  kind?: BillKind;

  @ChoiceField(AVAILABILITIES, { optional: true, description: 'creating: not ready yet; none: WeChat has no bill' })
  availability?: DeliverySettings['availability'];

  @ChoiceField(DAMAGES, {
    optional: true,
    description:
      'hash: hash_value is another file’s (v3 only); truncated: the transfer ends early; incomplete: the file itself ends ' +
      'early, with the right hash; gzip: the compressed bytes are damaged',
  })
  damage?: DeliverySettings['damage'];
}

/** Exactly one of the two numbers. */
export class LineRequest {
  @TextField(1, 32, { optional: true, description: 'The line of this payment' })
  out_trade_no?: string;

  @TextField(1, 64, { optional: true, description: 'The line of this refund' })
  out_refund_no?: string;
}

export const LINE_CHANGES = ['missing-line', 'other-amount', 'other-fee', 'other-status', 'other-name'] as const;

export class LineChangeRequest extends LineRequest {
  @ChoiceField(LINE_CHANGES)
  kind!: (typeof LINE_CHANGES)[number];

  @ChoiceField(CHANGED_BILLS, {
    optional: true,
    default: 'BOTH',
    description:
      'Which bill differs. BOTH and FUND change the balance too, so that the fund flow still adds up; other-status and ' +
      'other-name only change the trade bill',
  })
  bills?: ChangedBills;

  @IntegerField(0, MAX_FEN, { optional: true, description: 'For other-amount and other-fee (not negative)' })
  fen?: number;

  @ChoiceField([...WECHAT_REFUND_STATUSES, 'REVOKED'], {
    optional: true,
    description: 'For other-status: of a refund; REVOKED: of a payment',
  })
  status?: WechatRefundStatus | 'REVOKED';

  @TextField(0, 1000, { optional: true, description: 'For other-name: 商品名称, with any characters' })
  name?: string;
}

/** What a whole bill says wrongly. */
export class FileChangeRequest {
  @TextField(1, 40, { optional: true, description: 'Adds a column with this name to the trade bills' })
  column?: string;

  @TextField(0, 200, { optional: true, description: 'The values of this column; default: empty' })
  columnValue?: string;

  @TextField(1, 40, { optional: true, description: 'The column before it; default: it is the last one' })
  afterColumn?: string;

  @IntegerField(-MAX_FEN, MAX_FEN, { optional: true, description: 'The totals of the trade bill are wrong by this' })
  totalsOffByFen?: number;

  @IntegerField(-MAX_FEN, MAX_FEN, {
    optional: true,
    description: 'The balances of the fund-flow bill are wrong by this from the second line on, or in the only one',
  })
  balanceOffByFen?: number;
}

export class ExtraPaymentRequest {
  @PatternField(ORDER_NUMBER)
  out_trade_no!: string;

  @IntegerField(1, MAX_FEN)
  total_fee!: number;

  @TextField(0, 127, { optional: true })
  description?: string;

  @ApiPropertyOptional({ type: Date, description: 'Virtual time of the payment; default: now' })
  @IfDefined()
  @Type(() => Date)
  @IsDate()
  paidAt?: Date;
}
