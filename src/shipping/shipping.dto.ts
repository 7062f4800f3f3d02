import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsSingleLineText } from '../common/validation-decorators.js';
import { LOGISTICS_KINDS, type LogisticsKind } from '../wechat/wechat-shipping.gateway.js';
import { MAX_ITEM_DESC_LENGTH } from './parcel.js';

/** Printable, without leading or trailing spaces: a pasted space would make it another number. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
/** One line without leading or trailing spaces. */
const NAME = /^(?!\s)[^\p{C}]*\S$/u;
const PLAIN_MESSAGE = '$property must be 1 to 128 printable ASCII characters without leading or trailing spaces';

/** A parcel to report, by the console or by the shop's own server. */
export class ShipBody {
  @ApiProperty({ enum: LOGISTICS_KINDS })
  @IsIn(LOGISTICS_KINDS)
  readonly kind!: LogisticsKind;

  @ApiPropertyOptional({
    example: 'SF',
    maxLength: 128,
    description: "WeChat's code for the carrier; required with EXPRESS. With SAME_CITY any name, such as 闪送.",
  })
  @IfGiven()
  @IsSingleLineText({ max: 128 })
  @Matches(NAME, {
    message: '$property must be a text without control characters and without leading or trailing spaces',
  })
  readonly carrier?: string;

  @ApiPropertyOptional({ example: 'SF1234567890123', description: 'Required with EXPRESS.' })
  @IfGiven()
  @IsString()
  @Length(1, 128, { message: PLAIN_MESSAGE })
  @Matches(PLAIN, { message: PLAIN_MESSAGE })
  readonly trackingNo?: string;

  @ApiPropertyOptional({ maxLength: MAX_ITEM_DESC_LENGTH, description: "The content; by default the order's items." })
  @IfGiven()
  @IsSingleLineText({ max: MAX_ITEM_DESC_LENGTH })
  readonly itemDesc?: string;

  @ApiPropertyOptional({
    example: '138****8000',
    description: "The receiver's phone number, plain or masked; stored masked. Required by SF Express.",
  })
  @IfGiven()
  @IsSingleLineText({ min: 4, max: 32 })
  readonly receiverContact?: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: true,
    description:
      'False while more parcels follow, with EXPRESS only. WeChat releases the money only after the last parcel.',
  })
  @IfGiven()
  @IsBoolean()
  readonly isLast?: boolean;
}

/** The corrected fields of a parcel; absent fields stay. */
export class CorrectParcelBody extends PartialType(OmitType(ShipBody, ['kind', 'isLast']), {
  skipNullProperties: false,
}) {}
