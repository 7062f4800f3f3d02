import { StringField, IfDefined } from '../../field-decorators.js';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Min } from 'class-validator';
import { SeededRandom } from '../../random.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { ExchangeLog } from '../../state/exchange-log.js';
import { OrderStore } from '../../book/order-store.js';
import { RefundStore } from '../../book/refund-store.js';
import { ResetRegistry } from '../../state/reset-registry.js';
import { ApiListResponse } from '../api-helpers.js';
import { LedgerView, ledgerView } from './ledger.view.js';
import { LiveMessagesView, liveMessageView, MessageView, messageView } from './message.view.js';
import type { Plain } from '../api-helpers.js';

class ResetRequest {
  @ApiPropertyOptional({ description: 'Seed of all random choices from now on. Default: the seed of the start' })
  @IfDefined()
  @IsInt()
  seed?: number;
}

class MessageFilter {
  @StringField({ optional: true, description: 'Part of the path or notify_url' })
  path?: string;

  @StringField({ optional: true })
  out_trade_no?: string;

  @StringField({ optional: true })
  out_refund_no?: string;
}

class LiveFilter {
  @ApiPropertyOptional({
    description: 'The `revision` of the previous response; absent: only return the current revision',
  })
  @IfDefined()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after?: number;
}

/** The recorded messages and money, and the reset of all state. */
@ApiTags('records')
@Controller('_control')
export class RecordsController {
  constructor(
    private readonly exchangeLog: ExchangeLog,
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    private readonly resets: ResetRegistry,
    private readonly random: SeededRandom,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'All messages received and sent, in order' })
  @ApiListResponse(MessageView)
  @Get('messages')
  messages(@Query() filter: MessageFilter) {
    return { items: this.exchangeLog.find(filter).map(messageView) };
  }

  @ApiOperation({ summary: 'Messages that started or finished since `after`, including notices that a fault withheld' })
  @ApiOkResponse({ type: LiveMessagesView })
  @Get('messages/live')
  live(@Query() { after }: LiveFilter) {
    const { revision } = this.exchangeLog;
    const changed = after === undefined ? [] : this.exchangeLog.changedAfter(after);
    return { items: changed.map(liveMessageView), revision } satisfies Plain<LiveMessagesView>;
  }

  @ApiOperation({ summary: 'Payments and refunds of each order, to compare with the records of the shop' })
  @ApiOkResponse({ type: LedgerView })
  @Get('ledger')
  readLedger() {
    return ledgerView(this.orders.all(), this.refunds);
  }

  @ApiOperation({ summary: 'Reset everything except the clock' })
  @Post('reset')
  @HttpCode(204)
  reset(@Body() { seed }: ResetRequest): void {
    this.random.reseed(seed ?? this.settings.seed);
    this.resets.resetAll();
  }
}
