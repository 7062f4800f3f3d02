import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsSingleLineText } from '../common/validation-decorators.js';
import { LOGISTICS_KINDS, type LogisticsKind } from '../wechat/wechat-shipping.gateway.js';
import { MAX_ITEM_DESC_LENGTH } from './parcel.js';

/** Printable, and no space at either end: a number pasted with one would be another number. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
/** One line, as people call a service, and no space at either end. */
const NAME = /^(?!\s)[^\p{C}]*\S$/u;
const PLAIN_MESSAGE = '$property must be 1 to 128 printable ASCII characters without spaces around them';

/** A parcel that leaves. The console, and the shop's own server, say the same. */
export class ShipBody {
  @ApiProperty({ enum: LOGISTICS_KINDS })
  @IsIn(LOGISTICS_KINDS)
  readonly kind!: LogisticsKind;

  @ApiPropertyOptional({
    example: 'SF',
    maxLength: 128,
    description: "WeChat's code for the carrier; needed with EXPRESS. With SAME_CITY any name, such as 闪送.",
  })
  @IfGiven()
  @IsSingleLineText({ max: 128 })
  @Matches(NAME, { message: '$property must be a text without control characters and without spaces around it' })
  readonly carrier?: string;

  @ApiPropertyOptional({ example: 'SF1234567890123', description: 'Needed with EXPRESS.' })
  @IfGiven()
  @IsString()
  @Length(1, 128, { message: PLAIN_MESSAGE })
  @Matches(PLAIN, { message: PLAIN_MESSAGE })
  readonly trackingNo?: string;

  @ApiPropertyOptional({ maxLength: MAX_ITEM_DESC_LENGTH, description: "What is in it; by default the order's goods." })
  @IfGiven()
  @IsSingleLineText({ max: MAX_ITEM_DESC_LENGTH })
  readonly itemDesc?: string;

  @ApiPropertyOptional({
    example: '138****8000',
    description: "The receiver's telephone number, plain or masked; it is kept masked. Needed by SF Express.",
  })
  @IfGiven()
  @IsSingleLineText({ min: 4, max: 32 })
  readonly receiverContact?: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: true,
    description: 'False while more parcels follow, with EXPRESS alone. The money is free only after the last.',
  })
  @IfGiven()
  @IsBoolean()
  readonly isLast?: boolean;
}

/** What is to be said otherwise of a parcel; what is left out stays. */
export class CorrectParcelBody extends PartialType(OmitType(ShipBody, ['kind', 'isLast']), {
  skipNullProperties: false,
}) {}
