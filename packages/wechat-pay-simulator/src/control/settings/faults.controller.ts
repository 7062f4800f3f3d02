import { ChoiceField, StringField, IntegerField, TextField } from '../../field-decorators.js';
import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags, OmitType } from '@nestjs/swagger';
import { ResponseSender } from '../../faults/response-sender.js';
import type { FaultEndpoint, Fault } from '../../faults/fault.js';
import {
  FAULT_ENDPOINTS,
  isNoticeEndpoint,
  isPlatformCall,
  faultKindsFor,
  requiresExecution,
} from '../../faults/fault.js';
import { FaultStore } from '../../faults/fault-store.js';
import { forgeriesOf, findForgery } from '../../notices/forgery-names.js';
import { omitUndefined } from '../../simulator-settings.js';
import { ApiListResponse } from '../api-helpers.js';

class FaultRequest {
  @ChoiceField(FAULT_ENDPOINTS)
  endpoint!: FaultEndpoint;

  @StringField({ example: 'SYSTEMERROR', description: 'docs/simulator.md lists the kinds of each endpoint' })
  kind!: string;

  @ChoiceField(['before', 'after'], {
    optional: true,
    description: 'Before or after the effect. Default: before; after for kinds that damage a response',
  })
  when?: 'before' | 'after';

  @IntegerField(-1, 1_000_000, { optional: true, default: 1, description: '-1: until cleared' })
  times?: number;

  @IntegerField(0, 864_000_000, {
    optional: true,
    description: 'stall: real milliseconds; delay (of a notice): virtual milliseconds',
  })
  delayMs?: number;

  @TextField(1, 32, { optional: true, description: 'Only for this order' })
  out_trade_no?: string;

  @TextField(1, 64, { optional: true, description: 'Only for this refund' })
  out_refund_no?: string;

  @TextField(1, 32, { optional: true, description: 'For err_code; must be a number for platform calls' })
  errCode?: string;

  @IntegerField(400, 599, {
    optional: true,
    description: 'For err_code of a v3 call; default: the usual status of the code',
  })
  httpStatus?: number;

  @TextField(1, 128, { optional: true, description: 'For err_code' })
  errCodeDes?: string;

  @TextField(1, 128, { optional: true, description: 'For return_fail' })
  returnMsg?: string;

  @IntegerField(2, 50, {
    optional: true,
    default: 2,
    description: 'For duplicate: how many copies of the notice are sent at once',
  })
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
    private readonly responses: ResponseSender,
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
