import { ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { BooleanField, ChoiceField } from '../common/validation/fields.js';
import { IfDefined } from '../common/if-defined.js';
import { IsSingleLineText } from '../common/validation/validation-decorators.js';
import { LOGISTICS_KINDS, type LogisticsKind } from '../wechat/mini-program/wechat-shipping.client.js';
import { TRIMMED_ASCII } from './shipment/carriers.js';
import { MAX_ITEM_DESC_LENGTH } from './shipment/parcel.js';

/** One line without leading or trailing spaces. */
const NAME = /^(?!\s)[^\p{C}]*\S$/u;
const PLAIN_MESSAGE = '$property must be 1 to 128 printable ASCII characters without leading or trailing spaces';

/** A shipment to report, by the console or by the shop's own server. */
export class ShipBody {
  @ChoiceField(LOGISTICS_KINDS)
  readonly kind!: LogisticsKind;

  @ApiPropertyOptional({
    example: 'SF',
    maxLength: 128,
    description: "WeChat's code for the carrier; required with EXPRESS. With SAME_CITY any name, such as 闪送.",
  })
  @IfDefined()
  @IsSingleLineText({ max: 128 })
  @Matches(NAME, {
    message: '$property must be a text without control characters and without leading or trailing spaces',
  })
  readonly carrier?: string;

  @ApiPropertyOptional({ example: 'SF1234567890123', description: 'Required with EXPRESS.' })
  @IfDefined()
  @IsString()
  @Length(1, 128, { message: PLAIN_MESSAGE })
  @Matches(TRIMMED_ASCII, { message: PLAIN_MESSAGE })
  readonly trackingNo?: string;

  @ApiPropertyOptional({ maxLength: MAX_ITEM_DESC_LENGTH, description: "The content; by default the order's items." })
  @IfDefined()
  @IsSingleLineText({ max: MAX_ITEM_DESC_LENGTH })
  readonly itemDesc?: string;

  @ApiPropertyOptional({
    example: '138****8000',
    description: "The receiver's phone number, plain or masked; stored masked. Required by SF Express.",
  })
  @IfDefined()
  @IsSingleLineText({ min: 4, max: 32 })
  readonly receiverContact?: string;

  @BooleanField({
    optional: true,
    default: true,
    description:
      'False while more shipments follow, with EXPRESS only. WeChat releases the money only after the last shipment.',
  })
  readonly isLast?: boolean;
}

/** The corrected fields of a shipment; absent fields stay. */
export class CorrectShipmentBody extends PartialType(OmitType(ShipBody, ['kind', 'isLast']), {
  skipNullProperties: false,
}) {}
