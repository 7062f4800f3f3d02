import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEMS, type ProblemCode } from './problem-catalog.js';

class FieldErrorDto {
  @ApiProperty({ example: 'items.0.quantity' })
  field!: string;

  @ApiProperty()
  message!: string;
}

/** RFC 9457 problem details: the format of all errors. */
class ProblemDto {
  @ApiProperty({ example: 'urn:wx-checkout:problem:OUT_OF_STOCK' })
  type!: string;

  @ApiProperty({ description: 'English, or Chinese for `Accept-Language: zh-CN`.' })
  title!: string;

  @ApiProperty({ example: 409 })
  status!: number;

  @ApiProperty({ enum: Object.keys(PROBLEMS), description: 'Stable error code for programs.' })
  code!: ProblemCode;

  @ApiProperty()
  detail!: string;

  @ApiProperty()
  requestId!: string;

  @ApiProperty({ description: 'Whether the same call may succeed later.' })
  retryable!: boolean;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: FieldErrorDto[];

  @ApiPropertyOptional({ description: 'Fen, only with `PRICE_CHANGED`: the current total of the items.' })
  totalFen?: number;

  @ApiPropertyOptional({
    description: 'Fen, only with `PRICE_CHANGED`: the current amount to pay, if the coupon was checked.',
  })
  payableFen?: number;

  @ApiPropertyOptional({ description: "WeChat's own error code." })
  upstreamCode?: string;

  @ApiPropertyOptional({ description: "WeChat's own text." })
  upstreamMessage?: string;
}

/** Documents the errors that a route may return, one response per status. */
export function ProblemResponses(...codes: ProblemCode[]): MethodDecorator {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  const responses = [...byStatus].map(([status, codes]) =>
    ApiResponse({
      status,
      description: codes.map((code) => `\`${code}\``).join(', '),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  );
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}
