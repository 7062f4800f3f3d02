import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { MaxCharacters } from '../common/rules.js';

export class ApproveRefundBody {
  @ApiPropertyOptional({ minimum: 1, description: 'Fen; less than was asked for frees the rest.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiPropertyOptional({ maxLength: 500, description: 'For the staff alone.' })
  @IsOptional()
  @IsString()
  @MaxCharacters(500)
  readonly note?: string;

  @ApiPropertyOptional({ description: 'Whether the goods return; by default when all of the money is given back.' })
  @IsOptional()
  @IsBoolean()
  readonly returnStock?: boolean;
}

/** A refund that the shop gives of its own accord. */
export class GiveRefundBody extends OmitType(ApproveRefundBody, ['amountFen']) {
  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen!: number;

  @ApiProperty({ minLength: 1, maxLength: 200, description: 'The payer reads it.' })
  @IsString()
  @Length(1)
  @MaxCharacters(200)
  readonly reason!: string;
}
