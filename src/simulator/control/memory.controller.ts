import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Journal } from '../state/journal.js';
import { Ledger } from '../state/ledger.js';
import { Resets } from '../state/resets.js';
import { messageView } from './views.js';

class ResetRequest {
  @ApiPropertyOptional({ description: 'Of all random choices from here on; absent: the seed of the start' })
  @IsOptional()
  @IsInt()
  seed?: number;
}

class MessageFilter {
  @ApiPropertyOptional({ description: 'Part of the path or notify_url' })
  @IsOptional()
  @IsString()
  path?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  out_trade_no?: string;
}

/** What this WeChat remembers. */
@ApiTags('memory')
@Controller('_control')
export class MemoryController {
  constructor(
    private readonly journal: Journal,
    private readonly ledger: Ledger,
    private readonly resets: Resets,
    private readonly random: SeededRandom,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'Everything received and sent, in order' })
  @Get('messages')
  messages(@Query() filter: MessageFilter) {
    return { items: this.journal.find(filter).map(messageView) };
  }

  @ApiOperation({ summary: 'What came in, order by order, to compare with the books of the shop' })
  @Get('ledger')
  readLedger() {
    return this.ledger.read();
  }

  @ApiOperation({ summary: 'Forget everything but the time' })
  @Post('reset')
  @HttpCode(204)
  reset(@Body() { seed }: ResetRequest): void {
    this.random.reseed(seed ?? this.settings.seed);
    this.resets.resetAll();
  }
}
