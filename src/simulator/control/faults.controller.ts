import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags, OmitType } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { AnswerLine } from '../faults/answer-line.js';
import type { Endpoint, Fault } from '../faults/fault.js';
import { ENDPOINTS, isNoticeEndpoint, isPlatformCall, kindsFor, needsEffect } from '../faults/fault.js';
import { FaultBox } from '../faults/fault-box.js';
import { forgeriesOf, forgeryNamed } from '../notices/forgery-names.js';
import { given } from '../state/given.js';
import { IfGiven } from './if-given.js';
import { ApiItems } from './items.js';

class FaultRequest {
  @ApiProperty({ enum: ENDPOINTS })
  @IsIn(ENDPOINTS)
  endpoint!: Endpoint;

  @ApiProperty({ example: 'SYSTEMERROR', description: 'See the page on the simulator for the kinds of each endpoint' })
  @IsString()
  kind!: string;

  @ApiPropertyOptional({
    enum: ['before', 'after'],
    description: 'Before or after the effect. Default: before, but after for kinds that break an answer',
  })
  @IfGiven()
  @IsIn(['before', 'after'])
  when?: 'before' | 'after';

  @ApiPropertyOptional({ default: 1, description: '-1 until cleared' })
  @IfGiven()
  @IsInt()
  @Min(-1)
  @Max(1_000_000)
  times?: number;

  @ApiPropertyOptional({ description: 'stall: real milliseconds; delay of a notice: virtual milliseconds' })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(864_000_000)
  delayMs?: number;

  @ApiPropertyOptional({ description: 'Only for this order' })
  @IfGiven()
  @Length(1, 32)
  out_trade_no?: string;

  @ApiPropertyOptional({ description: 'Only for this refund' })
  @IfGiven()
  @Length(1, 64)
  out_refund_no?: string;

  @ApiPropertyOptional({ description: 'For err_code; a number for calls of the platform' })
  @IfGiven()
  @Length(1, 32)
  errCode?: string;

  @ApiPropertyOptional({ description: 'For err_code' })
  @IfGiven()
  @Length(1, 128)
  errCodeDes?: string;

  @ApiPropertyOptional({ description: 'For return_fail' })
  @IfGiven()
  @Length(1, 128)
  returnMsg?: string;

  @ApiPropertyOptional({ default: 2, description: 'For duplicate' })
  @IfGiven()
  @IsInt()
  @Min(2)
  @Max(50)
  connections?: number;
}

class FaultView extends OmitType(FaultRequest, ['times', 'when']) {
  @ApiProperty() id!: number;
  @ApiProperty({ enum: ['before', 'after'] }) when!: string;
  @ApiProperty({ description: '-1 until cleared' }) timesLeft!: number;
}

@ApiTags('faults')
@Controller('_control/faults')
export class FaultsController {
  constructor(
    private readonly faults: FaultBox,
    private readonly line: AnswerLine,
  ) {}

  @ApiOperation({ summary: 'Plant trouble for the next call or notice' })
  @ApiCreatedResponse({ type: FaultView })
  @Post()
  plant(@Body() request: FaultRequest): Fault {
    const complaint = complaintAbout(request);
    if (complaint !== undefined) throw new BadRequestException(complaint);
    const { endpoint, kind, times, when, ...rest } = request;
    const effect = when ?? (needsEffect(kind) ? 'after' : 'before');
    return this.faults.plant({ endpoint, kind, when: effect, timesLeft: times ?? 1, ...given(rest) });
  }

  @ApiOperation({ summary: 'Faults that have not all happened yet' })
  @ApiItems(FaultView)
  @Get()
  list(): { items: readonly Fault[] } {
    return { items: this.faults.all() };
  }

  @ApiOperation({ summary: 'Clear all faults and drop the connections that hang' })
  @Delete()
  @HttpCode(204)
  clear(): void {
    this.faults.clear();
    this.line.letGo();
  }
}

function complaintAbout({ endpoint, kind, when, times, errCode }: FaultRequest): string | undefined {
  const kinds = kindsFor(endpoint, forgeriesOf(endpoint));
  const isKnown = kinds.includes(kind) || forgeryNamed(endpoint, kind) !== undefined;
  if (!isKnown) return `${endpoint} has no fault ${kind}; it has ${kinds.join(', ')}`;
  if (!isNoticeEndpoint(endpoint) && needsEffect(kind) && when === 'before') {
    return `${kind} spoils an answer, so it only happens after the effect`;
  }
  if (times === 0) return 'times must not be 0';
  if (kind !== 'err_code') return undefined;
  if (errCode === undefined) return 'err_code needs errCode';
  return isPlatformCall(endpoint) && !/^-?\d+$/.test(errCode) ? 'errCode must be a number here' : undefined;
}
