import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Min } from 'class-validator';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { Ledger } from '../state/ledger.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { IfGiven } from './if-given.js';
import { ApiListResponse } from './api-list-response.js';
import { LedgerView } from './ledger.view.js';
import { LiveMessagesView, liveMessageView, MessageView, messageView } from './message.view.js';
import type { Plain } from './plain.js';

class ResetRequest {
  @ApiPropertyOptional({ description: 'Of all random choices from here on; absent: the seed of the start' })
  @IfGiven()
  @IsInt()
  seed?: number;
}

class MessageFilter {
  @ApiPropertyOptional({ description: 'Part of the path or notify_url' })
  @IfGiven()
  @IsString()
  path?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  out_trade_no?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  out_refund_no?: string;
}

class LiveFilter {
  @ApiPropertyOptional({ description: 'The `revision` of the answer before; absent: only learn the revision of now' })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after?: number;
}

/** What this WeChat remembers. */
@ApiTags('memory')
@Controller('_control')
export class RecordsController {
  constructor(
    private readonly journal: ExchangeLog,
    private readonly ledger: Ledger,
    private readonly resets: ResetRegistry,
    private readonly random: SeededRandom,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'Everything received and sent, in order' })
  @ApiListResponse(MessageView)
  @Get('messages')
  messages(@Query() filter: MessageFilter) {
    return { items: this.journal.find(filter).map(messageView) };
  }

  @ApiOperation({ summary: 'What has begun or ended since the last look, notices that a fault kept back included' })
  @ApiOkResponse({ type: LiveMessagesView })
  @Get('messages/live')
  live(@Query() { after }: LiveFilter) {
    const { revision } = this.journal;
    const changed = after === undefined ? [] : this.journal.changedAfter(after);
    return { items: changed.map(liveMessageView), revision } satisfies Plain<LiveMessagesView>;
  }

  @ApiOperation({ summary: 'What came in and what went back, order by order, to compare with the books of the shop' })
  @ApiOkResponse({ type: LedgerView })
  @Get('ledger')
  readLedger() {
    return this.ledger.read() satisfies Plain<LedgerView>;
  }

  @ApiOperation({ summary: 'Forget everything but the time' })
  @Post('reset')
  @HttpCode(204)
  reset(@Body() { seed }: ResetRequest): void {
    this.random.reseed(seed ?? this.settings.seed);
    this.resets.resetAll();
  }
}
