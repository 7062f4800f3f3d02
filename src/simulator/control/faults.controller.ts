import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags, OmitType } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { ResponseDelayer } from '../faults/response-delayer.js';
import type { FaultEndpoint, Fault } from '../faults/fault.js';
import {
  FAULT_ENDPOINTS,
  isNoticeEndpoint,
  isPlatformCall,
  faultKindsFor,
  requiresExecution,
} from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { forgeriesOf, findForgery } from '../notices/forgery-names.js';
import { omitUndefined } from '../state/omit-undefined.js';
import { IfGiven } from './if-given.js';
import { ApiListResponse } from './api-list-response.js';

class FaultRequest {
  @ApiProperty({ enum: FAULT_ENDPOINTS })
  @IsIn(FAULT_ENDPOINTS)
  endpoint!: FaultEndpoint;

  @ApiProperty({ example: 'SYSTEMERROR', description: 'docs/simulator.md lists the kinds of each endpoint' })
  @IsString()
  kind!: string;

  @ApiPropertyOptional({
    enum: ['before', 'after'],
    description: 'Before or after the effect. Default: before; after for kinds that damage a response',
  })
  @IfGiven()
  @IsIn(['before', 'after'])
  when?: 'before' | 'after';

  @ApiPropertyOptional({ default: 1, description: '-1: until cleared' })
  @IfGiven()
  @IsInt()
  @Min(-1)
  @Max(1_000_000)
  times?: number;

  @ApiPropertyOptional({ description: 'stall: real milliseconds; delay (of a notice): virtual milliseconds' })
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

  @ApiPropertyOptional({ description: 'For err_code; must be a number for platform calls' })
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
  @ApiProperty({ description: '-1: until cleared' }) timesLeft!: number;
}

@ApiTags('faults')
@Controller('_control/faults')
export class FaultsController {
  constructor(
    private readonly faults: FaultStore,
    private readonly responses: ResponseDelayer,
  ) {}

  @ApiOperation({ summary: 'Inject a fault into the next call or notice' })
  @ApiCreatedResponse({ type: FaultView })
  @Post()
  add(@Body() request: FaultRequest): Fault {
    const problem = validateFault(request);
    if (problem !== undefined) throw new BadRequestException(problem);
    const { endpoint, kind, times, when, ...rest } = request;
    const effect = when ?? (requiresExecution(kind) ? 'after' : 'before');
    return this.faults.add({ endpoint, kind, when: effect, timesLeft: times ?? 1, ...omitUndefined(rest) });
  }

  @ApiOperation({ summary: 'Faults that are still waiting for a call or notice' })
  @ApiListResponse(FaultView)
  @Get()
  list(): { items: readonly Fault[] } {
    return { items: this.faults.all() };
  }

  @ApiOperation({ summary: 'Clear all faults and close the connections that they keep open' })
  @Delete()
  @HttpCode(204)
  clear(): void {
    this.faults.clear();
    this.responses.releaseAll();
  }
}

function validateFault({ endpoint, kind, when, times, errCode }: FaultRequest): string | undefined {
  const kinds = faultKindsFor(endpoint, forgeriesOf(endpoint));
  const isKnown = kinds.includes(kind) || findForgery(endpoint, kind) !== undefined;
  if (!isKnown) return `${endpoint} has no fault ${kind}; use one of ${kinds.join(', ')}`;
  if (!isNoticeEndpoint(endpoint) && requiresExecution(kind) && when === 'before') {
    return `${kind} damages a response, so it is only possible with when: after`;
  }
  if (times === 0) return 'times must not be 0';
  if (kind !== 'err_code') return undefined;
  if (errCode === undefined) return 'err_code requires errCode';
  return isPlatformCall(endpoint) && !/^-?\d+$/.test(errCode)
    ? 'errCode must be a number for this endpoint'
    : undefined;
}
